import type { TableProps } from 'antd';
import { Button } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useMay } from '../../api/session';
import { EmptyState } from '../../components/EmptyState';
import { ChoiceFilter, FilterBar } from '../../components/FilterBar';
import { Icon } from '../../components/Icon';
import { KeyPagedTable } from '../../components/KeyPagedTable';
import { Page } from '../../components/Page';
import { useFilters } from '../../components/useFilters';
import { usePersonNames } from '../../flows/queries';
import '../scanlists/scanlists.css';
import type { CountRow, CountState } from './calls';
import { listCounts } from './calls';
import './counts.css';
import { CountStateTag, HowTags, Scope, Share, STATE_TONES } from './looks';
import { NewCount } from './NewCount';

/** Every count session (盘点单), the latest first, with how far it is. */
export function CountsPage() {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  const person = usePersonNames();
  const [filters, setFilters] = useFilters(['state'] as const);
  const [adding, setAdding] = useState(false);
  const add = may('counts.manage') && (
    <Button type="primary" icon={<Icon name="plus" />} onClick={() => setAdding(true)}>
      {t('counts.new')}
    </Button>
  );
  const columns: NonNullable<TableProps<CountRow>['columns']> = [
    {
      title: t('counts.one'),
      key: 'number',
      fixed: 'left',
      render: (_, row) => (
        <span className="count-name">
          <b>{row.title === '' ? t('counts.one') : row.title}</b>
          <span className="mono hint">{row.number}</span>
        </span>
      ),
    },
    { title: t('state_'), key: 'state', render: (_, row) => <CountStateTag state={row.state} /> },
    { title: t('counts.scope'), key: 'scope', render: (_, row) => <Scope count={row} /> },
    { title: t('counts.how'), key: 'how', render: (_, row) => <HowTags count={row} /> },
    { title: t('counts.counted'), key: 'counted', render: (_, row) => <Share count={row} /> },
    {
      title: t('counts.accuracy'),
      key: 'accuracy',
      align: 'right',
      render: (_, row) => <Accuracy row={row} />,
    },
    {
      title: t('counts.opened'),
      key: 'opened',
      render: (_, row) => (
        <span className="row">
          <span className="mono">{at(row.opened_at)}</span>
          <span className="muted">{row.opened_by !== null && person(row.opened_by)}</span>
        </span>
      ),
    },
  ];
  return (
    <Page title={t('counts.title')} beside={t('counts.beside')} actions={add}>
      <FilterBar>
        <ChoiceFilter
          label={t('state_')}
          value={filters.state}
          onChange={(state) => setFilters({ state })}
          options={(Object.keys(STATE_TONES) as CountState[]).map((value) => ({
            value,
            label: t(`counts.state.${value}`),
          }))}
        />
      </FilterBar>
      <KeyPagedTable<CountRow>
        label={t('counts.title')}
        queryKey={['counts', 'list', filters]}
        fetchPage={(after, signal) => listCounts({ ...filters, after, limit: 50 }, signal)}
        rowKey={(row) => row.number}
        columns={columns}
        onOpen={(row) => void navigate(`/counts/${encodeURIComponent(row.number)}`)}
        empty={
          <EmptyState
            icon="list"
            title={t(filters.state === undefined ? 'counts.none' : 'counts.noneFound')}
            action={filters.state === undefined && add}
          >
            {t(filters.state === undefined ? 'counts.noneHow' : 'counts.noneFoundHow')}
          </EmptyState>
        }
        card={(row) => (
          <>
            <span className="row">
              <b className="grow">{row.title === '' ? row.number : row.title}</b>
              <CountStateTag state={row.state} />
            </span>
            <Scope count={row} />
            <span className="row">
              <span className="mono hint grow">{row.number}</span>
              <Share count={row} />
              {row.totals !== null && <Accuracy row={row} />}
            </span>
          </>
        )}
      />
      <NewCount open={adding} onClose={() => setAdding(false)} />
    </Page>
  );
}

const at = (moment: string | null) => (moment === null ? '–' : dayjs(moment).format('YYYY-MM-DD HH:mm'));

function Accuracy({ row }: { row: CountRow }) {
  const accuracy = row.totals?.accuracy;
  if (accuracy === null || accuracy === undefined) return <span className="muted">–</span>;
  return <b className="number">{accuracy.toFixed(2)}%</b>;
}
