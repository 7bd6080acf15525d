import { useQuery } from '@tanstack/react-query';
import { Segmented, Spin } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getStock } from '../../api/client';
import { listPlaces, listProducts } from '../../api/master';
import { EmptyState } from '../../components/EmptyState';
import { ExportButton } from '../../components/ExportButton';
import { ChoiceFilter, FilterBar } from '../../components/FilterBar';
import { Page } from '../../components/Page';
import { BatchSelect, PlaceSelect, ProductSelect } from '../../components/pickers';
import { ProblemAlert } from '../../components/ProblemAlert';
import '../../components/table.css';
import { useFilters } from '../../components/useFilters';
import { useStates } from '../../components/useStates';
import type { Grouping } from './groups';
import { grouped, GROUPINGS, inStock, sum } from './groups';
import './stock.css';
import { StockTable } from './StockTable';

const OPEN_ROWS = 200;

/** What there is, where, and in which state. */
export function StockPage() {
  const { t } = useTranslation();
  const { all, named } = useStates();
  const [filters, setFilters] = useFilters(['product', 'place', 'batch', 'state', 'by'] as const);
  const { product, place, batch, state } = filters;
  const by: Grouping = GROUPINGS.find((one) => one === filters.by) ?? 'product';
  const query = { product, place, batch, state };
  const stock = useQuery({
    queryKey: ['stock', query],
    queryFn: ({ signal }) => getStock(query, signal),
  });
  const names = useNames();
  const rows = useMemo(() => stock.data?.rows ?? [], [stock.data]);
  const groups = useMemo(() => grouped(rows, by), [rows, by]);
  // Few rows are best seen at once; many are folded until asked for.
  const [folded, setFolded] = useState<Record<string, boolean>>({});
  const isFolded = (key: string) => folded[`${by} ${key}`] ?? rows.length > OPEN_ROWS;
  const filtered = [product, place, batch, state].some((value) => value !== undefined);

  return (
    <Page
      title={t('stock.title')}
      beside={
        stock.isSuccess &&
        t('stock.sums', {
          groups: groups.length,
          of: t(`stock.of.${by}`),
          quantity: words(sum(rows)),
          inStock: words(inStock(rows)),
        })
      }
      actions={
        rows.length > 0 && (
          <ExportButton body={{ what: 'items', filter: query }} label={t('stock.exportItems')} />
        )
      }
    >
      <div className="stack">
        <FilterBar
          actions={
            <Segmented
              aria-label={t('stock.by')}
              value={by}
              options={GROUPINGS.map((one) => ({ value: one, label: t(`stock.byOne.${one}`) }))}
              onChange={(value) => setFilters({ by: value === 'product' ? null : value })}
            />
          }
        >
          <ProductSelect
            className="stock-filter"
            aria-label={t('product')}
            placeholder={t('product')}
            value={product ?? null}
            onChange={(value) => setFilters({ product: value, batch: null })}
          />
          <PlaceSelect
            className="stock-filter"
            aria-label={t('place')}
            placeholder={t('place')}
            value={place ?? null}
            onChange={(value) => setFilters({ place: value })}
          />
          {product !== undefined && (
            <BatchSelect
              className="stock-filter"
              aria-label={t('batch_')}
              placeholder={t('batch_')}
              product={product}
              value={batch ?? null}
              onChange={(value) => setFilters({ batch: value })}
            />
          )}
          <ChoiceFilter
            value={state}
            label={t('state_')}
            options={all.map((one) => ({ value: one.code, label: named(one.code).name }))}
            onChange={(value) => setFilters({ state: value })}
          />
        </FilterBar>
        {stock.error !== null && <ProblemAlert problem={stock.error} onRetry={() => void stock.refetch()} />}
        {stock.isPending && <Spin className="table-wait" />}
        {stock.isSuccess && rows.length === 0 && (
          <div className="card">
            <EmptyState icon="box" title={filtered ? t('stock.noneFound') : t('stock.empty')}>
              {filtered ? t('stock.noneFoundHelp') : t('stock.emptyHelp')}
            </EmptyState>
          </div>
        )}
        {rows.length > 0 && (
          <StockTable
            groups={groups}
            by={by}
            names={names}
            isFolded={isFolded}
            onFold={(key) => setFolded({ ...folded, [`${by} ${key}`]: !isFolded(key) })}
          />
        )}
      </div>
    </Page>
  );
}

function words(quantity: number): string {
  return quantity.toLocaleString('en', { maximumFractionDigits: 6 });
}

/** Names of products and places, for the first thousand of each; the rest go by their codes. */
function useNames() {
  const products = useQuery({
    queryKey: ['products', 'all'],
    queryFn: ({ signal }) => listProducts({ limit: 1000 }, signal),
    staleTime: 60_000,
  });
  const places = useQuery({
    queryKey: ['places', 'all'],
    queryFn: ({ signal }) => listPlaces({ limit: 1000 }, signal),
    staleTime: 60_000,
  });
  return useMemo(
    () => ({
      product: new Map(products.data?.rows.map((one) => [one.code, one])),
      place: new Map(places.data?.rows.map((one) => [one.code, one])),
    }),
    [products.data, places.data],
  );
}
