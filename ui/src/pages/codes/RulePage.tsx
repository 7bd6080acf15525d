import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Spin, Tooltip } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { useMay } from '../../api/session';
import { Icon } from '../../components/Icon';
import { Page } from '../../components/Page';
import { ProblemAlert } from '../../components/ProblemAlert';
import '../../components/table.css';
import { Tag } from '../../components/Tags';
import { useDraft } from '../../components/useDraft';
import type { Kinds, Rule } from './calls';
import { changeRule, createRule, getKinds, getRule } from './calls';
import './codes.css';
import './designer.css';
import { Designer } from './Designer';
import type { Board } from './segments';
import { bodies, placed } from './segments';
import type { Supposed } from './useAssessment';
import { useAssessment } from './useAssessment';

const NOTHING: Supposed = { fields: {}, product: null, planned: 1_000_000, perPeriod: null };

/** One code rule on the drawing board; without a code in the address a new one. */
export function RulePage() {
  const { t, i18n } = useTranslation();
  const { code } = useParams();
  const kinds = useQuery({
    queryKey: ['codes', 'kinds', i18n.language],
    queryFn: ({ signal }) => getKinds(signal),
    staleTime: Infinity,
  });
  const rule = useQuery({
    queryKey: ['codes', code],
    queryFn: ({ signal }) => getRule(code ?? '', signal),
    enabled: code !== undefined,
  });
  const error = kinds.error ?? rule.error;
  if (error !== null) {
    return (
      <Page title={t('codes.one')}>
        <ProblemAlert problem={error} onRetry={() => void rule.refetch()} />
      </Page>
    );
  }
  if (kinds.data === undefined || (code !== undefined && rule.data === undefined)) {
    return <Spin className="table-wait" />;
  }
  const found = rule.data ?? null;
  const key =
    found === null ? 'new' : `${found.code}@${found.version}@${JSON.stringify(found.segments)}@${found.name}`;
  return <RuleDesigner key={key} rule={found} kinds={kinds.data} />;
}

function RuleDesigner({ rule, kinds }: { rule: Rule | null; kinds: Kinds }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const may = useMay()('codes.edit');
  const saved = useMemo<Board>(
    () => ({ code: rule?.code ?? '', name: rule?.name ?? '', segments: placed(rule?.segments ?? []) }),
    [rule],
  );
  const draft = useDraft(rule === null ? 'codes:new' : `codes.${rule.code}`, saved, rule?.version ?? 0);
  const board = draft.value;
  const plain = bodies(board.segments);
  const [supposed, suppose] = useState(NOTHING);
  const assessment = useAssessment(rule?.code, plain, supposed, kinds);
  const { check } = assessment;

  const save = useMutation({
    mutationFn: () =>
      rule === null
        ? createRule({ code: board.code, name: board.name, segments: plain })
        : changeRule(rule.code, { version: rule.version, name: board.name, segments: plain }),
    onSuccess: async (answer) => {
      draft.forget();
      void message.success(t('saved'));
      await queries.invalidateQueries({ queryKey: ['codes'] });
      if (rule === null) void navigate(`/codes/${encodeURIComponent(answer.code)}`, { replace: true });
    },
  });
  const problems = check?.problems.length ?? 0;
  const overlaps = check?.overlaps.length ?? 0;
  const nameless = board.code === '' || board.name.trim() === '';
  const blocked = problems + overlaps > 0 || check === undefined || nameless;
  const sameSegments = JSON.stringify(plain) === JSON.stringify(bodies(saved.segments));
  return (
    <Page
      name={board.name || t('codes.new')}
      title={<Title board={board} fresh={rule === null} onChange={may ? draft.change : undefined} />}
      beside={
        <span className="row">
          {rule !== null && <Tag tone="ink">{rule.code}</Tag>}
          {draft.changed && (
            <Tag tone="amber">
              {rule?.used === true && !sameSegments
                ? t('codes.draftV', { version: rule.version + 1 })
                : t('codes.draft')}
            </Tag>
          )}
          {rule !== null && (
            <Tag tone={rule.status === 'in_force' ? 'green' : 'grey'}>
              {t(`codes.status.${rule.status}`)} v{rule.version}
            </Tag>
          )}
          {draft.restored && <span className="hint">{t('codes.restored')}</span>}
        </span>
      }
      actions={
        may && (
          <>
            <Tooltip title={`${t('codes.undo')} Ctrl+Z`}>
              <Button
                icon={<Icon name="undo" />}
                disabled={!draft.undo}
                onClick={draft.undo}
                aria-label={t('codes.undo')}
              />
            </Tooltip>
            {draft.changed && rule !== null && <Button onClick={draft.reset}>{t('codes.reset')}</Button>}
            {rule !== null && !draft.changed && (
              <Button onClick={() => void navigate(`/making?rule=${encodeURIComponent(rule.code)}`)}>
                {t('codes.makeCodes')}
              </Button>
            )}
            <Button
              type="primary"
              disabled={!draft.changed || blocked || assessment.stale}
              loading={save.isPending}
              onClick={() => save.mutate()}
            >
              {saveWords(t, {
                problems,
                overlaps,
                nameless,
                changed: draft.changed,
                next: rule?.used === true && !sameSegments ? rule.version + 1 : null,
              })}
            </Button>
          </>
        )
      }
    >
      <div className="stack">
        <ProblemAlert problem={save.error} />
        <Designer
          rule={rule}
          kinds={kinds}
          draft={draft}
          assessment={assessment}
          supposed={supposed}
          onSuppose={suppose}
          may={may}
        />
      </div>
    </Page>
  );
}

interface SaveState {
  problems: number;
  overlaps: number;
  nameless: boolean;
  changed: boolean;
  next: number | null;
}

type Say = (key: string, options?: Record<string, unknown>) => string;

function saveWords(t: Say, { problems, overlaps, nameless, changed, next }: SaveState): string {
  if (problems > 0) return t('codes.saveProblems', { count: problems });
  if (overlaps > 0) return t('codes.saveOverlaps', { count: overlaps });
  if (changed && nameless) return t('codes.saveNameless');
  return next === null ? t('save') : t('codes.saveAs', { version: next });
}

interface TitleProps {
  board: Board;
  fresh: boolean;
  onChange: ((next: (before: Board) => Board) => void) | undefined;
}

/** The rule's name, and while it is new its code: both edited in place. */
function Title({ board, fresh, onChange }: TitleProps) {
  const { t } = useTranslation();
  if (onChange === undefined) return board.name;
  return (
    <span className="codes-title">
      <Input
        className="codes-name"
        variant={fresh ? 'outlined' : 'borderless'}
        value={board.name}
        placeholder={t('codes.namePlaceholder')}
        aria-label={t('name')}
        onChange={(event) => onChange((before) => ({ ...before, name: event.target.value }))}
      />
      {fresh && (
        <Input
          className="codes-code mono"
          value={board.code}
          placeholder={t('codes.codePlaceholder')}
          aria-label={t('code')}
          onChange={(event) => onChange((before) => ({ ...before, code: event.target.value.trim() }))}
        />
      )}
    </span>
  );
}
