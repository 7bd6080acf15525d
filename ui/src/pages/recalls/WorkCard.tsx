import type { TableProps } from 'antd';
import { Tabs, Tag as Chip } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Code } from '../../components/Code';
import { EmptyState } from '../../components/EmptyState';
import { ItemState } from '../../components/ItemState';
import { KeyPagedTable } from '../../components/KeyPagedTable';
import { Tag } from '../../components/Tags';
import { useFilters } from '../../components/useFilters';
import { useStates } from '../../components/useStates';
import { ActMenu } from './ActMenu';
import type { Recall, RecallItem } from './calls';
import { listRecallItems } from './calls';
import { LogTable } from './LogTable';
import { toneOf, workTabs } from './statuses';

const LOG = 'log';

/** The work: pieces by what is left to do about them, doing it for those that are ticked or for all, and the log. */
export function WorkCard({ recall, manages }: { recall: Recall; manages: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [{ work = 'unhandled', ...narrowed }, setFilters] = useFilters([
    'work',
    'state',
    'place',
    'holder',
  ] as const);
  const [chosen, setChosen] = useState<string[]>([]);
  const columns = useColumns();
  const where = { status: work, role: 'unit', ...narrowed };
  const change = (filters: Parameters<typeof setFilters>[0]) => {
    setFilters(filters);
    setChosen([]);
  };
  return (
    <section id="recall-work" className="card recall-work" aria-label={t('recalls.work')}>
      <div className="recall-tabs">
        <Tabs
          activeKey={work}
          onChange={(key) => change({ work: key, state: null, place: null, holder: null })}
          items={[
            ...workTabs(recall.by_status, recall.total).map((tab) => ({
              key: tab.key,
              label: (
                <>
                  {t(`recalls.status.${tab.key}`)}{' '}
                  <span className="number hint">{tab.count.toLocaleString()}</span>
                </>
              ),
            })),
            { key: LOG, label: t('recalls.log') },
          ]}
        />
        {manages && work !== LOG && (
          <ActMenu recall={recall} chosen={chosen} where={where} onDone={() => setChosen([])} />
        )}
      </div>
      {work !== LOG && <Narrowed narrowed={narrowed} onClear={(name) => change({ [name]: null })} />}
      {work === LOG ? (
        <LogTable id={recall.id} />
      ) : (
        <KeyPagedTable<RecallItem>
          label={t('recalls.work')}
          queryKey={['recalls', 'items', recall.id, where]}
          fetchPage={(after, signal) => listRecallItems(recall.id, { ...where, after, limit: 100 }, signal)}
          rowKey={(row) => row.code}
          columns={columns}
          onOpen={(row) => void navigate(`/items/${encodeURIComponent(row.code)}`)}
          {...(manages && {
            selection: {
              selectedRowKeys: chosen,
              preserveSelectedRowKeys: true,
              onChange: (keys: React.Key[]) => setChosen(keys.map(String)),
            },
          })}
          empty={<EmptyState icon="check" title={t('recalls.nothingLeft')} />}
          card={(row) => (
            <>
              <span className="row">
                <Code value={row.code} copy={false} />
                <span className="grow" />
                <Tag tone={toneOf(row.status)}>{t(`recalls.status.${row.status}`)}</Tag>
              </span>
              <span className="row">
                {row.state !== null && <ItemState state={row.state} />}
                <span className="muted">{holderOf(row)}</span>
              </span>
            </>
          )}
        />
      )}
    </section>
  );
}

const holderOf = (row: RecallItem) => row.holder_name ?? row.holder ?? row.place;

/** What the list is narrowed to, each with a cross to take it off. */
function Narrowed({
  narrowed,
  onClear,
}: {
  narrowed: Partial<Record<'state' | 'place' | 'holder', string>>;
  onClear: (name: string) => void;
}) {
  const { t } = useTranslation();
  const { named } = useStates();
  const shown = Object.entries(narrowed).filter(([, value]) => value !== '');
  if (shown.length === 0) return null;
  return (
    <p className="recall-narrowed row">
      <span className="muted">{t('recalls.narrowed')}</span>
      {shown.map(([name, value]) => (
        <Chip key={name} closable onClose={() => onClear(name)}>
          {name === 'state' ? named(value).name : value}
        </Chip>
      ))}
    </p>
  );
}

function useColumns(): NonNullable<TableProps<RecallItem>['columns']> {
  const { t } = useTranslation();
  return [
    { title: t('recalls.code'), key: 'code', fixed: 'left', render: (_, row) => <Code value={row.code} /> },
    {
      title: t('recalls.at'),
      key: 'state',
      render: (_, row) => row.state !== null && <ItemState state={row.state} />,
    },
    { title: t('recalls.holder'), key: 'holder', render: (_, row) => holderOf(row) },
    {
      title: t('recalls.notified'),
      key: 'notified',
      render: (_, row) =>
        row.notified_at === null ? (
          <span className="muted">–</span>
        ) : (
          <>
            <span className="mono">{dayjs(row.notified_at).format('MM-DD')}</span>
            {row.attempts > 1 && (
              <span className="hint"> {t('recalls.attempts', { count: row.attempts })}</span>
            )}
          </>
        ),
    },
    { title: t('recalls.measure'), dataIndex: 'measure' },
    {
      title: t('recalls.progress'),
      key: 'status',
      render: (_, row) => <Tag tone={toneOf(row.status)}>{t(`recalls.status.${row.status}`)}</Tag>,
    },
    {
      title: t('recalls.due'),
      key: 'due',
      render: (_, row) =>
        row.due !== null && (
          <span className={row.overdue ? 'mono recall-left' : 'mono'}>{row.due.slice(5)}</span>
        ),
    },
  ];
}
