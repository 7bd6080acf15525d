import { useQueryClient } from '@tanstack/react-query';
import type { TableProps } from 'antd';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Product } from '../../api/master';
import { listProducts } from '../../api/master';
import { useMay } from '../../api/session';
import { Code } from '../../components/Code';
import { EmptyState } from '../../components/EmptyState';
import { ChoiceFilter, FilterBar, SearchField } from '../../components/FilterBar';
import { Icon } from '../../components/Icon';
import { KeyPagedTable } from '../../components/KeyPagedTable';
import { Page } from '../../components/Page';
import { Tag } from '../../components/Tags';
import { useFilters } from '../../components/useFilters';
import { ProductDrawer } from './ProductDrawer';
import { useDuration } from './useDuration';

const TRACKINGS = ['serial', 'batch', 'sku'];

/** The list of products (产品), and one of them beside it. */
export function ProductsPage() {
  const { t } = useTranslation();
  const may = useMay();
  const queries = useQueryClient();
  const [filters, setFilters] = useFilters(['q', 'tracking', 'active'] as const);
  const [{ open }, setOpen] = useFilters(['open'] as const);
  const columns = useColumns();
  const add = may('products.edit') && (
    <Button type="primary" icon={<Icon name="plus" />} onClick={() => setOpen({ open: '+' })}>
      {t('products.add')}
    </Button>
  );
  const filtered = Object.keys(filters).length > 0;
  return (
    <Page title={t('products.title')} beside={t('products.beside')} actions={add}>
      <FilterBar>
        <SearchField value={filters.q} onChange={(q) => setFilters({ q })} label={t('products.search')} />
        <ChoiceFilter
          label={t('products.tracking')}
          value={filters.tracking}
          onChange={(tracking) => setFilters({ tracking })}
          options={TRACKINGS.map((value) => ({ value, label: t(`tracking.${value}`) }))}
        />
        <ChoiceFilter
          label={t('state_')}
          value={filters.active}
          onChange={(active) => setFilters({ active })}
          options={[
            { value: 'true', label: t('active') },
            { value: 'false', label: t('inactive') },
          ]}
        />
      </FilterBar>
      <KeyPagedTable<Product>
        label={t('products.title')}
        queryKey={['products', 'list', filters]}
        fetchPage={(after, signal) => listProducts({ ...filters, after }, signal)}
        rowKey={(row) => row.code}
        columns={columns}
        onOpen={(row) => setOpen({ open: row.code })}
        empty={
          filtered ? (
            <EmptyState icon="search" title={t('notFound')}>
              {t('products.noMatch')}
            </EmptyState>
          ) : (
            <EmptyState icon="product" title={t('products.empty')} action={add}>
              {t('products.emptyAdvice')}
            </EmptyState>
          )
        }
        card={(row) => <ProductCard product={row} />}
      />
      <ProductDrawer
        code={open ?? null}
        onClose={() => setOpen({ open: null })}
        onSaved={() => {
          setOpen({ open: null });
          void queries.invalidateQueries({ queryKey: ['products'] });
        }}
      />
    </Page>
  );
}

function useColumns(): NonNullable<TableProps<Product>['columns']> {
  const { t } = useTranslation();
  const duration = useDuration();
  return [
    { title: t('code'), key: 'code', fixed: 'left', render: (_, row) => <Code value={row.code} /> },
    {
      title: t('name'),
      key: 'name',
      render: (_, row) => (
        <>
          {row.name} {!row.active && <Tag>{t('inactive')}</Tag>}
        </>
      ),
    },
    {
      title: t('products.tracking'),
      key: 'tracking',
      render: (_, row) => <TrackingTags product={row} />,
    },
    { title: t('products.unit'), dataIndex: 'unit' },
    { title: 'GTIN', key: 'gtin', render: (_, row) => row.gtin && <Code value={row.gtin} /> },
    {
      title: t('products.warranty'),
      key: 'warranty',
      align: 'right',
      render: (_, row) => duration(row.warranty_days),
    },
    {
      title: t('products.shelfLife'),
      key: 'shelf',
      align: 'right',
      render: (_, row) => duration(row.shelf_life_days),
    },
    { title: t('products.rule'), key: 'rule', render: (_, row) => row.rule && <Code value={row.rule} /> },
  ];
}

function TrackingTags({ product }: { product: Product }) {
  const { t } = useTranslation();
  const tone = { serial: 'ink', batch: 'teal', sku: 'grey' } as const;
  return (
    <span className="row">
      <Tag tone={tone[product.tracking]}>{t(`tracking.${product.tracking}`)}</Tag>
      {product.tracking === 'serial' && product.batch_managed && <Tag tone="teal">{t('tracking.batch')}</Tag>}
    </span>
  );
}

function ProductCard({ product }: { product: Product }) {
  return (
    <>
      <span className="row">
        <Code value={product.code} copy={false} />
        <span className="grow" />
        <TrackingTags product={product} />
      </span>
      <div>{product.name}</div>
    </>
  );
}
