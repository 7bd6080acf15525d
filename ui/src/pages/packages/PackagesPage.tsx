import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { ItemDetail } from '../../api/items';
import { listItems } from '../../api/items';
import { useMay } from '../../api/session';
import { Code } from '../../components/Code';
import { EmptyState } from '../../components/EmptyState';
import { FilterBar, SearchField } from '../../components/FilterBar';
import { ItemState } from '../../components/ItemState';
import { KeyPagedTable } from '../../components/KeyPagedTable';
import { Page } from '../../components/Page';
import { ScanBox } from '../../components/ScanBox';
import { useFilters } from '../../components/useFilters';
import { useScans } from '../../scan/ScanContext';
import './packages.css';
import { TypesDrawer } from './TypesDrawer';

/** Boxes, cases and pallets (包装): scan one to pack into it, take out of it or check it. */
export function PackagesPage() {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  const [filters, setFilters] = useFilters(['prefix'] as const);
  const open = (code: string) => void navigate(`/packages/${encodeURIComponent(code.trim())}`);
  useScans(open);
  const [types, setTypes] = useState(false);
  const make = may('items.make') && (
    <Button onClick={() => void navigate('/making?kind=package')}>{t('packages.make')}</Button>
  );
  return (
    <Page
      title={t('packages.title')}
      beside={t('packages.beside')}
      actions={
        <>
          <Button onClick={() => setTypes(true)}>{t('packages.types')}</Button>
          {make}
        </>
      }
    >
      <div className="packages-scan">
        <ScanBox size="big" autoFocus placeholder={t('packages.scanBox')} onScan={open} />
      </div>
      <FilterBar>
        <SearchField
          value={filters.prefix}
          onChange={(prefix) => setFilters({ prefix })}
          label={t('packages.search')}
        />
      </FilterBar>
      <KeyPagedTable<ItemDetail>
        label={t('packages.title')}
        queryKey={['items', 'packages', filters]}
        fetchPage={(after, signal) => listItems({ kind: 'package', ...filters, after, limit: 100 }, signal)}
        rowKey={(row) => row.code}
        onOpen={(row) => open(row.code)}
        columns={[
          { title: t('code'), key: 'code', fixed: 'left', render: (_, row) => <Code value={row.code} /> },
          {
            title: t('state_'),
            key: 'state',
            render: (_, row) => row.state !== null && <ItemState state={row.state} />,
          },
          { title: t('place'), key: 'place', render: (_, row) => <span className="mono">{row.place}</span> },
          {
            title: t('packages.inside'),
            key: 'parent',
            render: (_, row) => row.parent !== null && <Code value={row.parent} />,
          },
        ]}
        card={(row) => (
          <span className="row">
            <Code value={row.code} copy={false} />
            <span className="grow" />
            {row.state !== null && <ItemState state={row.state} />}
          </span>
        )}
        empty={
          <EmptyState icon="package" title={t('packages.none')} action={make}>
            {t('packages.noneHow')}
          </EmptyState>
        }
      />
      <TypesDrawer open={types} onClose={() => setTypes(false)} />
    </Page>
  );
}
