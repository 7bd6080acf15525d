import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input, Segmented, Tooltip } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useMay } from '../../api/session';
import { Icon } from '../../components/Icon';
import { Page } from '../../components/Page';
import { ProblemAlert } from '../../components/ProblemAlert';
import { Tag } from '../../components/Tags';
import { useDebounced } from '../../components/useDebounced';
import { useDraft } from '../../components/useDraft';
import { useIsPhone } from '../../components/useIsPhone';
import type { Drawing, LifeCycle, State } from './calls';
import { checkDrawing, saveLifeCycle } from './calls';
import { addState, compare, sizeOf } from './drawing';
import { FindingList } from './FindingList';
import { Matrix } from './Matrix';
import { Picture } from './Picture';
import type { Spot } from './spot';
import { StateDrawer } from './StateDrawer';
import { useNames } from './useNames';
import { VersionsDrawer } from './VersionsDrawer';

interface EditorProps {
  cycle: LifeCycle;
  others: { code: string; name: string }[];
  onOpen: (code: string) => void;
  onAdd: () => void;
}

/** One life cycle: the matrix, beside it the same as a picture, and what the check says. */
export function Editor({ cycle, others, onOpen, onAdd }: EditorProps) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const may = useMay()('life_cycles.edit');
  const phone = useIsPhone();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const saved = useMemo<Drawing>(
    () => ({ name: cycle.name, states: cycle.states, operations: cycle.operations }),
    [cycle],
  );
  const draft = useDraft(`life_cycles.${cycle.code}`, saved, cycle.version);
  const drawing = draft.value;
  const rows = cycle.matrix;
  const names = useNames(drawing, rows);
  const [spot, setSpot] = useState<Spot>({});
  const [state, setState] = useState<string | null>(null);
  const [versions, setVersions] = useState(false);
  const [side, setSide] = useState<'matrix' | 'picture'>('matrix');

  const still = useDebounced(drawing);
  const check = useQuery({
    queryKey: ['life_cycles', 'check', still],
    queryFn: () => checkDrawing(still),
    placeholderData: (before) => before,
  });
  const save = useMutation({
    mutationFn: () => saveLifeCycle(cycle.code, drawing, cycle.version),
    onSuccess: async () => {
      draft.forget();
      void message.success(t('saved'));
      await queries.invalidateQueries({ queryKey: ['life_cycles'] });
      if (cycle.version === 0)
        void navigate(`/life-cycles/${encodeURIComponent(cycle.code)}`, { replace: true });
    },
  });

  const changes = useMemo(() => sizeOf(compare(saved, drawing)), [saved, drawing]);
  const changed = draft.changed || cycle.version === 0;
  const errors = check.data?.errors.length ?? 0;
  const known = useMemo(
    () => new Set(cycle.version === 0 ? [] : saved.states.map((one) => one.code)),
    [saved, cycle.version],
  );
  const add = () => {
    const fresh = newState(drawing, t('life_cycles.newState'));
    draft.change((one) => addState(one, fresh));
    setState(fresh.code);
  };
  const change = may ? draft.change : undefined;
  return (
    <Page
      name={t('life_cycles.title')}
      title={
        may && draft.changed ? (
          <Input
            className="lc-name"
            value={drawing.name}
            aria-label={t('name')}
            onChange={(event) => draft.change((one) => ({ ...one, name: event.target.value }))}
          />
        ) : (
          drawing.name
        )
      }
      beside={
        <span className="row">
          {cycle.version > 0 && (
            <Tag tone="green">{t('life_cycles.inForceV', { version: cycle.version })}</Tag>
          )}
          {changed && <Tag tone="amber">{t('life_cycles.changes', { count: changes })}</Tag>}
          {draft.restored && <span className="hint">{t('life_cycles.restored')}</span>}
        </span>
      }
      actions={
        <>
          <Segmented
            aria-label={t('life_cycles.title')}
            value={cycle.code}
            options={others.map((one) => ({ value: one.code, label: one.name }))}
            onChange={onOpen}
          />
          {may && <Button onClick={onAdd}>{t('life_cycles.new')}</Button>}
          {cycle.version > 0 && (
            <Button onClick={() => setVersions(true)}>{t('life_cycles.versions')}</Button>
          )}
          {may && (
            <>
              <Tooltip title={`${t('life_cycles.undo')} Ctrl+Z`}>
                <Button
                  icon={<Icon name="undo" />}
                  disabled={!draft.undo}
                  onClick={draft.undo}
                  aria-label={t('life_cycles.undo')}
                />
              </Tooltip>
              {draft.changed && <Button onClick={draft.reset}>{t('life_cycles.reset')}</Button>}
              <Button
                type="primary"
                disabled={!changed || errors > 0}
                loading={save.isPending}
                onClick={() => save.mutate()}
              >
                {errors > 0
                  ? t('life_cycles.fixFirst', { count: errors })
                  : t('life_cycles.saveAs', { version: cycle.version + 1 })}
              </Button>
            </>
          )}
        </>
      }
    >
      <div className="stack">
        <ProblemAlert problem={save.error} />
        {phone && (
          <Segmented
            block
            value={side}
            options={[
              { value: 'matrix', label: t('life_cycles.matrix') },
              { value: 'picture', label: t('life_cycles.picture') },
            ]}
            onChange={setSide}
          />
        )}
        <div className="lc-both">
          {(!phone || side === 'matrix') && (
            <section className="card lc-left">
              <header className="card-head">
                <h2>{t('life_cycles.matrix')}</h2>
                <span className="hint">{t('life_cycles.matrixHelp')}</span>
              </header>
              <Matrix
                drawing={drawing}
                rows={rows}
                spot={spot}
                onSpot={setSpot}
                change={change}
                onOpen={setState}
                onAddState={add}
              />
            </section>
          )}
          <div className="lc-right">
            {(!phone || side === 'picture') && (
              <section className="card">
                <header className="card-head">
                  <h2>{t('life_cycles.picture')}</h2>
                  <span className="hint">{spotWords(t, names, spot)}</span>
                </header>
                <Picture drawing={drawing} rows={rows} spot={spot} onSpot={setSpot} onOpen={setState} />
              </section>
            )}
            <section className="card">
              <header className="card-head">
                <h2>{t('life_cycles.check')}</h2>
              </header>
              <FindingList findings={check.data} drawing={drawing} names={names} onSpot={setSpot} />
            </section>
          </div>
        </div>
      </div>
      <StateDrawer code={state} drawing={drawing} saved={known} change={change} onOpen={setState} />
      <VersionsDrawer
        open={versions}
        cycle={cycle}
        draft={drawing}
        changed={draft.changed}
        onClose={() => setVersions(false)}
      />
    </Page>
  );
}

function spotWords(t: (key: string) => string, names: ReturnType<typeof useNames>, spot: Spot): string {
  const words = [
    ...(spot.operation === undefined ? [] : [names.operation(spot.operation)]),
    ...(spot.state === undefined ? [] : [names.state(spot.state)]),
  ];
  return words.length === 0 ? t('life_cycles.pictureHelp') : words.join(' · ');
}

function newState(drawing: Drawing, name: string): State {
  const taken = new Set(drawing.states.map((one) => one.code));
  let number = drawing.states.length + 1;
  while (taken.has(`state_${number}`)) number += 1;
  return {
    code: `state_${number}`,
    zh: name,
    en: 'New state',
    group: 'ours',
    shape: 'dot',
    hue: 'ink',
    end: false,
  };
}
