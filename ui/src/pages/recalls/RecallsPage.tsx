import type { TableProps } from 'antd';
import { Button } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useMay } from '../../api/session';
import { EmptyState } from '../../components/EmptyState';
import { ChoiceFilter, FilterBar } from '../../components/FilterBar';
import { Icon } from '../../components/Icon';
import { KeyPagedTable } from '../../components/KeyPagedTable';
import { Page } from '../../components/Page';
import { Tag } from '../../components/Tags';
import { useFilters } from '../../components/useFilters';
import type { RecallRow } from './calls';
import { listRecalls } from './calls';
import './recalls.css';

/** Every recall (召回), the newest first, with how far it has come. */
export function RecallsPage() {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  const [filters, setFilters] = useFilters(['state', 'mock'] as const);
  const add = may('recalls.manage') && (
    <>
      <Button onClick={() => void navigate('/recalls/new?mock=1')}>{t('recalls.newMock')}</Button>
      <Button type="primary" icon={<Icon name="plus" />} onClick={() => void navigate('/recalls/new')}>
        {t('recalls.new')}
      </Button>
    </>
  );
  const columns: NonNullable<TableProps<RecallRow>['columns']> = [
    {
      title: t('recalls.number'),
      key: 'id',
      fixed: 'left',
      render: (_, row) => <span className="mono">{row.id}</span>,
    },
    { title: t('recalls.name'), key: 'name', render: (_, row) => <b>{row.name}</b> },
    { title: t('state_'), key: 'state', render: (_, row) => <RecallTags row={row} /> },
    {
      title: t('recalls.total'),
      key: 'total',
      align: 'right',
      render: (_, row) => <span className="number">{row.total.toLocaleString()}</span>,
    },
    {
      title: t('recalls.handled'),
      key: 'handled',
      render: (_, row) => <Share row={row} />,
    },
    {
      title: t('recalls.openedAt'),
      key: 'at',
      render: (_, row) => <span className="mono">{dayjs(row.opened_at).format('YYYY-MM-DD HH:mm')}</span>,
    },
    { title: t('recalls.openedBy'), dataIndex: 'opened_by' },
  ];
  return (
    <Page title={t('recalls.title')} beside={t('recalls.beside')} actions={add}>
      <FilterBar>
        <ChoiceFilter
          label={t('state_')}
          value={filters.state}
          onChange={(state) => setFilters({ state })}
          options={[
            { value: 'open', label: t('recalls.state.open') },
            { value: 'closed', label: t('recalls.state.closed') },
          ]}
        />
        <ChoiceFilter
          label={t('kind')}
          value={filters.mock}
          onChange={(mock) => setFilters({ mock })}
          options={[
            { value: 'false', label: t('recalls.real') },
            { value: 'true', label: t('recalls.mock') },
          ]}
        />
      </FilterBar>
      <KeyPagedTable<RecallRow>
        label={t('recalls.title')}
        queryKey={['recalls', 'list', filters]}
        fetchPage={(after, signal) => listRecalls({ ...filters, after }, signal)}
        rowKey={(row) => row.id}
        columns={columns}
        onOpen={(row) => void navigate(`/recalls/${encodeURIComponent(row.id)}`)}
        empty={
          <EmptyState icon="history" title={t('recalls.none')} action={add}>
            {t('recalls.noneHow')}
          </EmptyState>
        }
        card={(row) => (
          <>
            <span className="row">
              <b className="grow">{row.name}</b>
              <RecallTags row={row} />
            </span>
            <span className="row">
              <span className="mono hint grow">{row.id}</span>
              <Share row={row} />
            </span>
          </>
        )}
      />
    </Page>
  );
}

/** Whether it runs, and whether it is a rehearsal. */
export function RecallTags({ row }: { row: Pick<RecallRow, 'state' | 'mock' | 'opened_at'> }) {
  const { t } = useTranslation();
  const day = dayjs().startOf('day').diff(dayjs(row.opened_at).startOf('day'), 'day');
  return (
    <span className="row">
      {row.mock && <Tag tone="violet">{t('recalls.mock')}</Tag>}
      {row.state === 'open' ? (
        <Tag tone="red">{t('recalls.running', { day })}</Tag>
      ) : (
        <Tag tone="green">{t('recalls.state.closed')}</Tag>
      )}
    </span>
  );
}

function Share({ row }: { row: RecallRow }) {
  return (
    <span className="recall-share">
      <span className="recall-bar">
        <span style={{ width: `${row.effectiveness}%` }} />
      </span>
      <span className="number">
        {row.effectiveness.toFixed(1)}% {row.handled.toLocaleString()}/{row.total.toLocaleString()}
      </span>
    </span>
  );
}
