import { useMutation } from '@tanstack/react-query';
import type { TableProps } from 'antd';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState';
import { KeyPagedTable } from '../../components/KeyPagedTable';
import { ProblemAlert } from '../../components/ProblemAlert';
import { Tag } from '../../components/Tags';
import { useFilters } from '../../components/useFilters';
import { usePersonNames } from '../../flows/queries';
import type { Count, Decision, Difference, DifferenceKind, Unit } from './calls';
import { decide, listDifferences, useRefreshCounts } from './calls';
import { Decide } from './Decide';
import { Books, Found, Outcome, What } from './DifferenceFacts';
import { KIND_TONES } from './looks';
import { RecountDialog } from './RecountDialog';

const KINDS = Object.keys(KIND_TONES) as DifferenceKind[];

/** What is not as the books say, and what is done about each (差异). */
export function Differences({ count }: { count: Count }) {
  const { t } = useTranslation();
  const person = usePersonNames();
  const refresh = useRefreshCounts();
  const [filters, setFilters] = useFilters(['kind'] as const);
  const [chosen, setChosen] = useState<Difference[]>([]);
  const [again, setAgain] = useState(false);
  const deciding = useMutation({
    mutationFn: (lines: { line: number; action: Decision; reason: string }[]) => decide(count.number, lines),
    onSuccess: refresh,
  });
  const totals = count.totals;
  if (totals === null) {
    const word = count.state === 'open' ? 'notYet' : count.state === 'cancelled' ? 'never' : 'hidden';
    return (
      <div className="card">
        <EmptyState icon="list" title={t(`counts.diff.${word}`)}>
          {t(`counts.diff.${word}How`)}
        </EmptyState>
      </div>
    );
  }
  const kind = KINDS.find((one) => one === filters.kind);
  const decides = count.state === 'counted' && count.may.includes('manage');
  const posted = count.state === 'posting' || count.state === 'posted';
  const sum = KINDS.reduce((all, one) => all + totals[one], 0);
  const columns: NonNullable<TableProps<Difference>['columns']> = [
    { title: t('kind'), key: 'kind', render: (_, row) => <Kind row={row} /> },
    { title: t('counts.diff.what'), key: 'what', render: (_, row) => <What row={row} /> },
    { title: t('counts.diff.books'), key: 'books', render: (_, row) => <Books row={row} /> },
    { title: t('counts.diff.found'), key: 'found', render: (_, row) => <Found row={row} /> },
    {
      title: t('counts.diff.by'),
      key: 'actor',
      render: (_, row) => <span className="muted">{row.actor === null ? '–' : person(row.actor)}</span>,
    },
    {
      title: t('counts.diff.decide'),
      key: 'decide',
      render: (_, row) => (
        <Decide row={row} editable={decides} onDecide={(line) => deciding.mutateAsync([line])} />
      ),
    },
    ...(posted
      ? [
          {
            title: t('counts.diff.outcome'),
            key: 'outcome',
            render: (_: unknown, row: Difference) => <Outcome row={row} />,
          },
        ]
      : []),
  ];
  return (
    <div className="stack count-pad">
      <div className="list-sieves" role="group" aria-label={t('kind')}>
        <Sieve
          name={t('all')}
          count={sum}
          on={kind === undefined}
          onPress={() => setFilters({ kind: null })}
        />
        {KINDS.map((one) => (
          <Sieve
            key={one}
            name={t(`counts.kindOf.${one}`)}
            count={totals[one]}
            on={kind === one}
            onPress={() => setFilters({ kind: one })}
          />
        ))}
      </div>
      {decides && chosen.length > 0 && (
        <div className="row count-chosen" role="toolbar">
          <span>{t('counts.diff.chosen', { count: chosen.length })}</span>
          <Button
            loading={deciding.isPending}
            onClick={() => {
              deciding.mutate(
                chosen.map((row) => ({ line: row.line, action: 'leave' as const, reason: row.reason })),
                { onSuccess: () => setChosen([]) },
              );
            }}
          >
            {t('counts.diff.leaveAll')}
          </Button>
          <Button disabled={unitsOf(chosen).length === 0} onClick={() => setAgain(true)}>
            {t('counts.diff.recountThese')}
          </Button>
        </div>
      )}
      <ProblemAlert problem={deciding.error} />
      <KeyPagedTable<Difference>
        label={t('counts.tab.differences')}
        queryKey={['counts', 'differences', count.number, kind, count.state, count.round]}
        fetchPage={(after, signal) => listDifferences(count.number, { kind, after, limit: 100 }, signal)}
        rowKey={(row) => String(row.line)}
        columns={columns}
        {...(decides && {
          selection: {
            selectedRowKeys: chosen.map((row) => String(row.line)),
            onChange: (_: unknown, rows: Difference[]) => setChosen(rows),
          },
        })}
        empty={
          <EmptyState icon="check" title={t(sum === 0 ? 'counts.diff.none' : 'counts.diff.noneFound')}>
            {t(sum === 0 ? 'counts.diff.noneHow' : 'counts.diff.noneFoundHow')}
          </EmptyState>
        }
        card={(row) => (
          <span className="count-card">
            <span className="row">
              <Kind row={row} />
              <span className="grow" />
              {posted && <Outcome row={row} />}
            </span>
            <What row={row} />
            <span className="count-card-facts">
              <span>
                <small className="hint">{t('counts.diff.books')}</small> <Books row={row} />
              </span>
              <span>
                <small className="hint">{t('counts.diff.found')}</small> <Found row={row} />
              </span>
            </span>
            <Decide row={row} editable={decides} onDecide={(line) => deciding.mutateAsync([line])} />
          </span>
        )}
      />
      <RecountDialog
        count={count}
        units={unitsOf(chosen)}
        open={again}
        onClose={() => {
          setAgain(false);
          setChosen([]);
        }}
      />
    </div>
  );
}

/** Which places and products have to be counted again for some differences; nobody knows what an unknown code is of. */
function unitsOf(rows: Difference[]): Unit[] {
  const units = new Map<string, Unit>();
  for (const { place, product } of rows) {
    if (place !== null && product !== null) units.set(JSON.stringify([place, product]), { place, product });
  }
  return [...units.values()];
}

interface SieveProps {
  name: string;
  count: number;
  on: boolean;
  onPress: () => void;
}

function Sieve({ name, count, on, onPress }: SieveProps) {
  return (
    <button type="button" className="list-sieve" aria-pressed={on} onClick={onPress}>
      {name} <span className="number">{count.toLocaleString()}</span>
    </button>
  );
}

function Kind({ row }: { row: Difference }) {
  const { t } = useTranslation();
  return (
    <span className="row">
      <Tag tone={KIND_TONES[row.kind]}>{t(`counts.kindOf.${row.kind}`)}</Tag>
      {row.moved && (
        <span title={t('counts.diff.movedHow')}>
          <Tag tone="amber">{t('counts.diff.moved')}</Tag>
        </span>
      )}
    </span>
  );
}
