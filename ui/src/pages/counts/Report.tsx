import dayjs from 'dayjs';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import { KeyPagedTable } from '../../components/KeyPagedTable';
import { EmptyState } from '../../components/EmptyState';
import { usePersonNames } from '../../flows/queries';
import type { Count, CountPlace, DifferenceKind, Totals } from './calls';
import { listPlacesOf } from './calls';
import { PeopleOfRounds, Products } from './ReportTables';

const KINDS: DifferenceKind[] = ['missing', 'surplus', 'wrong_place', 'quantity', 'unknown'];

/** What the session came to: how right the books were, who counted how much, and when (报告). */
export function Report({ count }: { count: Count }) {
  const { t } = useTranslation();
  return (
    <div className="stack count-pad">
      {count.totals === null ? <Running count={count} /> : <Sums count={count} totals={count.totals} />}
      <div className="count-halves">
        <section className="card" aria-label={t('counts.report.people')}>
          <PeopleOfRounds count={count} />
        </section>
        <section className="card" aria-label={t('counts.report.course')}>
          <h2 className="count-part">{t('counts.report.course')}</h2>
          <Course count={count} />
        </section>
      </div>
      {count.totals !== null && <Products count={count} />}
      <section aria-label={t('counts.report.places')}>
        <h2 className="count-part">{t('counts.report.places')}</h2>
        <PlacesTable count={count} />
      </section>
    </div>
  );
}

function Running({ count }: { count: Count }) {
  const { t } = useTranslation();
  const { expected, counted } = count;
  return (
    <dl className="card count-sums">
      <Figure name={t('counts.counted')}>{counted.toLocaleString()}</Figure>
      {expected !== null && <Figure name={t('counts.expected')}>{expected.toLocaleString()}</Figure>}
      <div className="count-sums-note muted">
        {t(count.state === 'open' ? 'counts.report.running' : 'counts.report.nothing')}
      </div>
    </dl>
  );
}

function Sums({ count, totals }: { count: Count; totals: Totals }) {
  const { t } = useTranslation();
  const { accuracy, right } = totals;
  const compared = right + totals.missing + totals.surplus + totals.wrong_place + totals.quantity;
  const { outcome } = count;
  return (
    <div className="card">
      <dl className="count-sums">
        <Figure name={t('counts.accuracy')} main>
          {accuracy === null ? '–' : `${accuracy.toFixed(2)}%`}
        </Figure>
        <span className="count-sign">=</span>
        <Figure name={t('counts.report.right')} look="list-full">
          {right.toLocaleString()}
        </Figure>
        <span className="count-sign">/</span>
        <Figure name={t('counts.report.compared')}>{compared.toLocaleString()}</Figure>
        <span className="count-gap" />
        {KINDS.map((kind) => (
          <Figure key={kind} name={t(`counts.kindOf.${kind}`)} look={totals[kind] > 0 ? 'list-wrong' : ''}>
            {totals[kind].toLocaleString()}
          </Figure>
        ))}
      </dl>
      <p className="count-line muted">
        <span>
          {t('counts.report.pieces', { found: totals.found_pieces, expected: totals.expected_pieces })}
        </span>
        {totals.quantity_lines > 0 && (
          <span>{t('counts.report.lines', { count: totals.quantity_lines })}</span>
        )}
        {totals.moved > 0 && (
          <span className="list-again">{t('counts.report.moved', { count: totals.moved })}</span>
        )}
        {outcome !== null && (
          <span className="count-outcome">
            {t('counts.report.outcome', { adjusted: outcome.adjusted, left: outcome.left })}
            {outcome.refused > 0 && (
              <b className="list-wrong"> {t('counts.report.refused', { count: outcome.refused })}</b>
            )}
          </span>
        )}
      </p>
    </div>
  );
}

interface FigureProps {
  name: string;
  children: ReactNode;
  main?: boolean;
  look?: string;
}

function Figure({ name, children, main = false, look = '' }: FigureProps) {
  return (
    <div className={main ? 'count-figure count-figure-main' : 'count-figure'}>
      <dt>{name}</dt>
      <dd className={`number ${look}`}>{children}</dd>
    </div>
  );
}

function Course({ count }: { count: Count }) {
  const { t } = useTranslation();
  const person = usePersonNames();
  const ended = count.state === 'cancelled' ? 'cancelled' : 'posted';
  const steps: [string, string | null, string | null][] = [
    ['opened', count.opened_at, count.opened_by],
    ['counted', count.counted_at, count.counted_by],
    ['approved', count.approved_at, count.approved_by],
    [ended, count.ended_at, count.ended_by],
  ];
  return (
    <ol className="count-course">
      {steps.map(([name, at, by]) => (
        <li key={name} className={at === null ? 'muted' : ''}>
          <Icon name={at === null ? 'minus' : 'check'} size={16} />
          <b>{t(`counts.course.${name}`)}</b>
          <span>{by !== null && person(by)}</span>
          <time className="mono muted">{at === null ? '' : dayjs(at).format('MM-DD HH:mm')}</time>
        </li>
      ))}
    </ol>
  );
}

function PlacesTable({ count }: { count: Count }) {
  const { t } = useTranslation();
  const figures = (row: CountPlace) => (
    <span className="number">
      {row.counted.toLocaleString()}
      {row.expected !== null && `/${row.expected.toLocaleString()}`}
    </span>
  );
  return (
    <KeyPagedTable<CountPlace>
      label={t('counts.report.places')}
      queryKey={['counts', 'places', count.number, 'table']}
      fetchPage={(after, signal) => listPlacesOf(count.number, { after, limit: 50 }, signal)}
      rowKey={(row) => row.place}
      columns={[
        {
          title: t('place'),
          key: 'place',
          render: (_, row) => (
            <span className="row">
              <b className="mono">{row.place}</b>
              {row.name !== row.place && <span className="muted">{row.name}</span>}
            </span>
          ),
        },
        {
          title: t('counts.report.ofExpected'),
          key: 'counted',
          align: 'right',
          render: (_, row) => figures(row),
        },
        {
          title: t('counts.report.scans'),
          key: 'scans',
          align: 'right',
          render: (_, row) => <span className="number">{row.scans.toLocaleString()}</span>,
        },
      ]}
      empty={<EmptyState icon="place" title={t('counts.desk.placesNone')} />}
      card={(row) => (
        <span className="row">
          <b className="mono">{row.place}</b>
          <span className="muted grow">{row.name === row.place ? '' : row.name}</span>
          {figures(row)}
        </span>
      )}
    />
  );
}
