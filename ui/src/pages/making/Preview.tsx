import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Code } from '../../components/Code';
import { EmptyState } from '../../components/EmptyState';
import { ProblemAlert } from '../../components/ProblemAlert';
import { SegmentedCode } from '../../components/SegmentedCode';
import { useDebounced } from '../../components/useDebounced';
import type { RuleSummary } from '../codes/calls';
import { split } from '../codes/segments';
import { previewRule } from './calls';
import type { Order } from './order';
import { countOf, fieldsOf } from './order';
import { firstOf, lastOf, parseTyped } from './typed';

const SHOWN = 5;

/** The first of the codes that would be made. */
export function Preview({ order, rule }: { order: Order; rule: RuleSummary | undefined }) {
  const { t } = useTranslation();
  return (
    <section className="card" aria-label={t('making.preview')}>
      <header className="card-head">
        <h2>{t('making.preview')}</h2>
        <span className="hint">{t('making.previewHelp')}</span>
      </header>
      <div className="making-body">
        {order.way === 'typed' ? (
          <TypedPreview order={order} />
        ) : rule === undefined ? (
          <EmptyState icon="label" title={t('making.nothingYet')}>
            {t('making.nothingYetHelp')}
          </EmptyState>
        ) : (
          <RulePreview order={order} rule={rule} />
        )}
      </div>
    </section>
  );
}

function RulePreview({ order, rule }: { order: Order; rule: RuleSummary }) {
  const { t } = useTranslation();
  const fields = useDebounced(JSON.stringify(fieldsOf(order, rule)));
  const { data, error } = useQuery({
    queryKey: ['codes', rule.code, 'preview', fields, order.product],
    queryFn: () =>
      previewRule(rule.code, {
        count: SHOWN,
        fields: JSON.parse(fields) as Record<string, string>,
        product: order.kind === 'serial' ? order.product : null,
      }),
    placeholderData: keepPreviousData,
  });
  if (error !== null) return <ProblemAlert problem={error} />;
  const count = countOf(order);
  return (
    <>
      <ol className="making-codes">
        {data?.examples.slice(0, count).map((code) => (
          <li key={code}>
            <SegmentedCode parts={split(rule.segments, code)} size="large" />
          </li>
        ))}
      </ol>
      {count > SHOWN && <p className="muted">{t('making.andMore', { count: count - SHOWN })}</p>}
    </>
  );
}

function TypedPreview({ order }: { order: Order }) {
  const { t } = useTranslation();
  const typed = useMemo(() => parseTyped(order.typed), [order.typed]);
  const codes = firstOf(typed, SHOWN);
  const last = lastOf(typed);
  if (last === undefined) {
    return (
      <EmptyState icon="label" title={t('making.nothingYet')}>
        {t('making.typeFirst')}
      </EmptyState>
    );
  }
  return (
    <ol className="making-codes">
      {codes.map((code, index) => (
        <li key={index}>
          <Code value={code} />
        </li>
      ))}
      {typed.count > BigInt(SHOWN) && (
        <>
          {typed.count > BigInt(SHOWN + 1) && <li className="muted">…</li>}
          <li>
            <Code value={last} />
          </li>
        </>
      )}
    </ol>
  );
}
