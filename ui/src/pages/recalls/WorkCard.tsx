import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { TableProps } from 'antd';
import { App, Button, Dropdown, Tabs } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { newClientKey } from '../../api/clientKey';
import { Code } from '../../components/Code';
import { EmptyState } from '../../components/EmptyState';
import { Icon } from '../../components/Icon';
import { ItemState } from '../../components/ItemState';
import { KeyPagedTable } from '../../components/KeyPagedTable';
import { ProblemAlert } from '../../components/ProblemAlert';
import { Tag } from '../../components/Tags';
import { useFilters } from '../../components/useFilters';
import type { Recall, RecallItem } from './calls';
import { listRecallItems, postAction } from './calls';
import { ACTIONS, DESTROYING, toneOf, workTabs } from './statuses';

/** The work: pieces by what is left to do about them, and doing it for those that are ticked. */
export function WorkCard({ recall, manages }: { recall: Recall; manages: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [{ work = 'unhandled' }, setFilters] = useFilters(['work'] as const);
  const [chosen, setChosen] = useState<string[]>([]);
  const names = new Map(recall.by_partner.map((one) => [one.partner, one.name]));
  const holder = (row: RecallItem) => names.get(row.holder) ?? row.holder ?? row.place;
  const columns = useColumns(holder);
  return (
    <section className="card recall-work" aria-label={t('recalls.work')}>
      <div className="recall-tabs">
        <Tabs
          activeKey={work}
          onChange={(key) => {
            setFilters({ work: key });
            setChosen([]);
          }}
          items={workTabs(recall.by_status, recall.total).map((tab) => ({
            key: tab.key,
            label: (
              <>
                {t(`recalls.status.${tab.key}`)}{' '}
                <span className="number hint">{tab.count.toLocaleString()}</span>
              </>
            ),
          }))}
        />
        {manages && chosen.length > 0 && (
          <ActMenu recall={recall} chosen={chosen} onDone={() => setChosen([])} />
        )}
      </div>
      <KeyPagedTable<RecallItem>
        label={t('recalls.work')}
        queryKey={['recalls', 'items', recall.id, work]}
        fetchPage={(after, signal) =>
          listRecallItems(recall.id, { status: work, role: 'unit', after, limit: 100 }, signal)
        }
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
              <span className="muted">{holder(row)}</span>
            </span>
          </>
        )}
      />
    </section>
  );
}

function useColumns(
  holder: (row: RecallItem) => string | null,
): NonNullable<TableProps<RecallItem>['columns']> {
  const { t } = useTranslation();
  return [
    { title: t('recalls.code'), key: 'code', fixed: 'left', render: (_, row) => <Code value={row.code} /> },
    {
      title: t('recalls.at'),
      key: 'state',
      render: (_, row) => row.state !== null && <ItemState state={row.state} />,
    },
    {
      title: t('recalls.holder'),
      key: 'holder',
      render: (_, row) => holder(row),
    },
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

function ActMenu({ recall, chosen, onDone }: { recall: Recall; chosen: string[]; onDone: () => void }) {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const queries = useQueryClient();
  const act = useMutation({
    mutationFn: (kind: string) => postAction(recall.id, { kind, items: chosen, client_key: newClientKey() }),
    onSuccess: async (_, kind) => {
      await queries.invalidateQueries({ queryKey: ['recalls'] });
      void message.success(t('recalls.acted', { count: chosen.length, act: t(`recalls.act.${kind}`) }));
      onDone();
    },
  });
  const start = (kind: string) => {
    if (!DESTROYING.has(kind)) {
      act.mutate(kind);
      return;
    }
    void modal.confirm({
      title: t('recalls.destroyTitle', { count: chosen.length }),
      content: t('recalls.destroyHow'),
      okText: t('recalls.act.destroy'),
      okButtonProps: { danger: true },
      cancelText: t('cancel'),
      onOk: () => act.mutateAsync(kind),
    });
  };
  return (
    <span className="row recall-chosen">
      <span className="muted">{t('recalls.chosen', { count: chosen.length })}</span>
      <Button
        icon={<Icon name="partner" size={16} />}
        loading={act.isPending}
        onClick={() => start('notify')}
      >
        {t('recalls.act.notify')}
      </Button>
      <Dropdown
        trigger={['click']}
        menu={{
          items: ACTIONS.filter((kind) => kind !== 'notify').map((kind) => ({
            key: kind,
            label: t(`recalls.act.${kind}`),
            danger: DESTROYING.has(kind),
          })),
          onClick: ({ key }) => start(key),
        }}
      >
        <Button loading={act.isPending}>{t('recalls.register')}</Button>
      </Dropdown>
      <ProblemAlert problem={act.error} />
    </span>
  );
}
