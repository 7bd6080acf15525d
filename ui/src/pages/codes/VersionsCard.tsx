import { useQuery } from '@tanstack/react-query';
import { Drawer } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SegmentedCode, segmentClass } from '../../components/SegmentedCode';
import { useIsPhone } from '../../components/useIsPhone';
import type { Kinds, RuleSummary, Segment } from './calls';
import { getVersions } from './calls';
import { kindOf, split, summary, widthOf } from './segments';

const DOTS = { in_force: 'green', retired: 'grey', superseded: 'grey' } as const;

/** The versions of a rule; a click shows what each of them makes. */
export function VersionsCard({ code, changed, kinds }: { code: string; changed: boolean; kinds: Kinds }) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const [open, setOpen] = useState(false);
  const { data } = useQuery({
    queryKey: ['codes', code, 'versions'],
    queryFn: ({ signal }) => getVersions(code, signal),
  });
  const rules = data?.rules ?? [];
  return (
    <section className="card versions" aria-label={t('codes.versions')}>
      <h3>{t('codes.versions')}</h3>
      <ul>
        {changed && (
          <li>
            <span className="dot dot-amber" />
            <b>{t('codes.draft')}</b>
            <span className="hint">{t('codes.notSaved')}</span>
          </li>
        )}
        {rules.map((rule) => (
          <li key={rule.version}>
            <button type="button" onClick={() => setOpen(true)}>
              <span className={`dot dot-${DOTS[rule.status]}`} />
              <span className="grow">
                v{rule.version} {t(`codes.status.${rule.status}`)}
              </span>
              <span className="hint">{dayjs(rule.created_at).format('YYYY-MM-DD')}</span>
            </button>
          </li>
        ))}
      </ul>
      <Drawer
        open={open}
        onClose={() => setOpen(false)}
        title={t('codes.versions')}
        placement={phone ? 'bottom' : 'right'}
        size={phone ? '92%' : 520}
      >
        {rules.map((rule) => (
          <VersionDetail key={rule.version} rule={rule} kinds={kinds} />
        ))}
        <p className="hint">{t('codes.versionsHelp')}</p>
      </Drawer>
    </section>
  );
}

function VersionDetail({ rule, kinds }: { rule: RuleSummary; kinds: Kinds }) {
  const { t } = useTranslation();
  return (
    <article className="version-detail">
      <p className="row">
        <span className={`dot dot-${DOTS[rule.status]}`} />
        <b>
          v{rule.version} {t(`codes.status.${rule.status}`)}
        </b>
        <span className="muted">
          {rule.created_by} · {dayjs(rule.created_at).format('YYYY-MM-DD HH:mm')}
        </span>
        <span className="hint">{rule.used ? t('codes.hasMade') : t('codes.hasNotMade')}</span>
      </p>
      <SegmentedCode parts={split(rule.segments, rule.example)} size="large" />
      <SegmentWords segments={rule.segments} kinds={kinds} />
    </article>
  );
}

/** The segments of a rule in words. */
export function SegmentWords({ segments, kinds }: { segments: Segment[]; kinds: Kinds }) {
  const { t } = useTranslation();
  return (
    <p className="row segment-words">
      {segments.map((segment, place) => (
        <span key={place} className={segmentClass(segment.kind)}>
          <b>{kindOf(kinds, segment)?.label ?? segment.kind}</b>{' '}
          {summary(kinds, segment) || t('codes.signs', { count: widthOf(segment) ?? 0 })}
        </span>
      ))}
    </p>
  );
}
