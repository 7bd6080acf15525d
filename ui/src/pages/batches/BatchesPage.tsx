import { useQueryClient } from '@tanstack/react-query';
import type { TableProps } from 'antd';
import { Button } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { Batch } from '../../api/master';
import { listBatches } from '../../api/master';
import { useMay } from '../../api/session';
import { Code } from '../../components/Code';
import { EmptyState } from '../../components/EmptyState';
import { ChoiceFilter, FilterBar, SearchField } from '../../components/FilterBar';
import { Icon } from '../../components/Icon';
import { KeyPagedTable } from '../../components/KeyPagedTable';
import { Page } from '../../components/Page';
import { ProductSelect } from '../../components/pickers';
import { Tag } from '../../components/Tags';
import { useFilters } from '../../components/useFilters';
import { BatchDrawer } from './BatchDrawer';

const SOON_DAYS = 45;

/** The list of batches (批次), the nearest last day told apart. */
export function BatchesPage() {
  const { t } = useTranslation();
  const may = useMay();
  const queries = useQueryClient();
  const [filters, setFilters] = useFilters(['q', 'product', 'supplier_batch', 'expires'] as const);
  const [{ open, of }, setOpen] = useFilters(['open', 'of'] as const);
  const columns = useColumns();
  const { expires, ...plain } = filters;
  const until = expires === undefined ? undefined : dayjs().add(Number(expires), 'day').format('YYYY-MM-DD');
  const add = may('batches.edit') && (
    <Button
      type="primary"
      icon={<Icon name="plus" />}
      onClick={() => setOpen({ open: '+', of: filters.product })}
    >
      {t('batches.add')}
    </Button>
  );
  const close = () => setOpen({ open: null, of: null });
  return (
    <Page title={t('batches.title')} beside={t('batches.beside')} actions={add}>
      <FilterBar>
        <SearchField value={filters.q} onChange={(q) => setFilters({ q })} label={t('batches.search')} />
        <ProductSelect
          className="filter-choice"
          aria-label={t('product')}
          placeholder={t('product')}
          value={filters.product ?? null}
          onChange={(product) => setFilters({ product })}
        />
        <ChoiceFilter
          label={t('batches.expiry')}
          value={expires}
          onChange={(value) => setFilters({ expires: value })}
          options={[
            { value: '-1', label: t('batches.expired') },
            { value: String(SOON_DAYS), label: t('batches.soon', { days: SOON_DAYS }) },
            { value: '180', label: t('batches.soon', { days: 180 }) },
          ]}
        />
      </FilterBar>
      <KeyPagedTable<Batch>
        label={t('batches.title')}
        queryKey={['batches', 'list', filters]}
        fetchPage={(after, signal) => listBatches({ ...plain, expires_until: until, after }, signal)}
        rowKey={(row) => `${row.product} ${row.code}`}
        columns={columns}
        onOpen={(row) => setOpen({ open: row.code, of: row.product })}
        empty={
          Object.keys(filters).length > 0 ? (
            <EmptyState icon="search" title={t('notFound')}>
              {t('batches.noMatch')}
            </EmptyState>
          ) : (
            <EmptyState icon="batch" title={t('batches.empty')} action={add}>
              {t('batches.emptyAdvice')}
            </EmptyState>
          )
        }
        card={(row) => (
          <>
            <span className="row">
              <Code value={row.code} copy={false} />
              <span className="grow" />
              <LastDay day={row.expires_on} />
            </span>
            <span className="muted">{row.product}</span>
          </>
        )}
      />
      <BatchDrawer
        code={open ?? null}
        product={of ?? null}
        onClose={close}
        onSaved={() => {
          close();
          void queries.invalidateQueries({ queryKey: ['batches'] });
        }}
      />
    </Page>
  );
}

function useColumns(): NonNullable<TableProps<Batch>['columns']> {
  const { t } = useTranslation();
  return [
    { title: t('batches.code'), key: 'code', fixed: 'left', render: (_, row) => <Code value={row.code} /> },
    { title: t('product'), key: 'product', render: (_, row) => <Code value={row.product} /> },
    {
      title: t('batches.madeOn'),
      key: 'made',
      render: (_, row) => <span className="number">{row.made_on}</span>,
    },
    { title: t('batches.expiresOn'), key: 'expires', render: (_, row) => <LastDay day={row.expires_on} /> },
    {
      title: t('batches.supplierBatch'),
      key: 'supplier_batch',
      render: (_, row) => row.supplier_batch !== null && <Code value={row.supplier_batch} />,
    },
    {
      title: t('batches.supplier'),
      key: 'supplier',
      render: (_, row) => row.supplier !== null && <Code value={row.supplier} />,
    },
  ];
}

/** The last good day: past ones red, near ones amber. */
function LastDay({ day }: { day: string | null }) {
  const { t } = useTranslation();
  if (day === null) return null;
  const left = dayjs(day).diff(dayjs().startOf('day'), 'day');
  return (
    <span className="row">
      <span className="number">{day}</span>
      {left < 0 && <Tag tone="red">{t('batches.expired')}</Tag>}
      {left >= 0 && left <= SOON_DAYS && <Tag tone="amber">{t('batches.left', { count: left })}</Tag>}
    </span>
  );
}
