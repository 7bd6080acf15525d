import { Button, Dropdown } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { ItemDetail } from '../../api/items';
import { listItems } from '../../api/items';
import { useNamed, useOperations } from '../../api/operations';
import { Code } from '../../components/Code';
import { EmptyState } from '../../components/EmptyState';
import { ExportButton } from '../../components/ExportButton';
import { Icon } from '../../components/Icon';
import { ItemState } from '../../components/ItemState';
import { KeyPagedTable } from '../../components/KeyPagedTable';
import { OperationIcon } from '../../components/OperationIcon';
import { Page } from '../../components/Page';
import { MarkTag, QualityTag } from '../../components/Tags';
import { useFilters } from '../../components/useFilters';
import { PrintButton } from '../../printing/PrintButton';
import { handOver } from '../scan/draft';
import { NOT_SCANNED } from '../scan/groups';
import { FILTERS } from './calls';
import { ItemFilterBar } from './ItemFilterBar';
import './items.css';

/** Every item, narrowed by product, state, place, batch and the beginning of its code. */
export function ItemsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [filters, setFilters] = useFilters(FILTERS);
  const [chosen, setChosen] = useState<string[]>([]);
  const open = (item: ItemDetail) => void navigate(`/items/${encodeURIComponent(item.code)}`);
  const filtered = Object.keys(filters).length > 0;
  return (
    <Page
      title={t('items.title')}
      beside={t('items.beside')}
      actions={
        <>
          <Button icon={<Icon name="import" />} onClick={() => void navigate('/import')}>
            {t('items.import')}
          </Button>
          <ExportButton body={{ what: 'items', filter: filters }} />
        </>
      }
    >
      <ItemFilterBar filters={filters} onChange={setFilters} />
      <KeyPagedTable<ItemDetail>
        queryKey={['items', filters]}
        fetchPage={(after, signal) => listItems({ ...filters, after, limit: 100 }, signal)}
        rowKey={(item) => item.code}
        label={t('items.title')}
        onOpen={open}
        selection={{
          selectedRowKeys: chosen,
          preserveSelectedRowKeys: true,
          onChange: (keys) => setChosen(keys.map(String)),
        }}
        columns={[
          {
            title: t('items.code'),
            key: 'code',
            fixed: 'left',
            render: (_, item) => <Code value={item.code} />,
          },
          {
            title: t('product'),
            key: 'product',
            render: (_, item) => item.product ?? <span className="muted">{t('items.package')}</span>,
          },
          {
            title: t('batch_'),
            key: 'batch',
            render: (_, item) => <span className="mono">{item.batch}</span>,
          },
          {
            title: t('state_'),
            key: 'state',
            render: (_, item) => (
              <span className="row">
                {item.state !== null && <ItemState state={item.state} />}
                {item.marks.map((mark) => (
                  <MarkTag key={mark} mark={mark} />
                ))}
              </span>
            ),
          },
          {
            title: t('items.quality'),
            key: 'quality',
            render: (_, item) => <QualityTag quality={item.quality} />,
          },
          { title: t('items.where'), key: 'where', render: (_, item) => <Where item={item} /> },
          {
            title: t('items.age'),
            key: 'age',
            align: 'right',
            render: (_, item) => <Age item={item} />,
          },
        ]}
        card={(item) => <ItemCard item={item} />}
        empty={
          filtered ? (
            <EmptyState
              icon="search"
              title={t('items.noneFound')}
              action={
                <Button onClick={() => setFilters(Object.fromEntries(FILTERS.map((name) => [name, null])))}>
                  {t('items.clearFilters')}
                </Button>
              }
            >
              {t('items.noneFoundHow')}
            </EmptyState>
          ) : (
            <EmptyState
              icon="items"
              title={t('items.none')}
              action={
                <Button type="primary" onClick={() => void navigate('/import')}>
                  {t('items.import')}
                </Button>
              }
            >
              {t('items.noneHow')}
            </EmptyState>
          )
        }
      />
      {chosen.length > 0 && <Chosen codes={chosen} onClear={() => setChosen([])} />}
    </Page>
  );
}

function Where({ item }: { item: ItemDetail }) {
  const { t } = useTranslation();
  if (item.parent !== null) {
    return (
      <>
        {t('items.inside')} <span className="mono">{item.parent}</span>
      </>
    );
  }
  return <span className="mono">{item.place ?? item.holder}</span>;
}

/** How long it has been where it is, in days. */
function Age({ item }: { item: ItemDetail }) {
  const { t } = useTranslation();
  const since = item.place === null ? item.state_since : item.place_since;
  if (!since) return null;
  return (
    <span className="number" title={dayjs(since).format('YYYY-MM-DD HH:mm')}>
      {t('items.days', { count: dayjs().startOf('day').diff(dayjs(since).startOf('day'), 'day') })}
    </span>
  );
}

function ItemCard({ item }: { item: ItemDetail }) {
  return (
    <span className="item-card">
      <Code value={item.code} copy={false} />
      {item.state === null ? <span /> : <ItemState state={item.state} />}
      <span className="muted">
        {item.product} {item.batch !== null && <span className="mono">{item.batch}</span>}
      </span>
      <span className="muted">
        <Where item={item} />
      </span>
    </span>
  );
}

/** What can be done with the chosen items: they are handed over to the scan desk. */
function Chosen({ codes, onClear }: { codes: string[]; onClear: () => void }) {
  const { t } = useTranslation();
  const named = useNamed();
  const navigate = useNavigate();
  const { data: kinds = [] } = useOperations();
  const possible = kinds.filter(
    (kind) => kind.allowed && !NOT_SCANNED.has(kind.name) && (!kind.single || codes.length === 1),
  );
  const go = (operation: string | null) => {
    handOver(codes);
    void navigate(operation === null ? '/scan' : `/scan?op=${operation}`);
  };
  return (
    <div className="chosen" role="region" aria-label={t('items.chosen', { count: codes.length })}>
      <b>{t('items.chosen', { count: codes.length })}</b>
      <Button type="text" onClick={onClear}>
        {t('items.unchoose')}
      </Button>
      <span className="grow" />
      <PrintButton codes={codes} />
      <Dropdown
        trigger={['click']}
        placement="topRight"
        menu={{
          className: 'chosen-menu',
          items: possible.map((kind) => ({
            key: kind.name,
            label: named(kind),
            icon: <OperationIcon name={kind.name} size={16} />,
            onClick: () => go(kind.name),
          })),
        }}
      >
        <Button type="primary" icon={<Icon name="scan" />}>
          {t('items.act')}
        </Button>
      </Dropdown>
    </div>
  );
}
