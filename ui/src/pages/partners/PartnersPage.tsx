import { useQueryClient } from '@tanstack/react-query';
import type { TableProps } from 'antd';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Partner } from '../../api/master';
import { listPartners, PARTNER_KINDS } from '../../api/master';
import { useMay } from '../../api/session';
import { Code } from '../../components/Code';
import { EmptyState } from '../../components/EmptyState';
import { ChoiceFilter, FilterBar, SearchField } from '../../components/FilterBar';
import { Icon } from '../../components/Icon';
import { KeyPagedTable } from '../../components/KeyPagedTable';
import { Page } from '../../components/Page';
import { Tag } from '../../components/Tags';
import { useFilters } from '../../components/useFilters';
import { PartnerDrawer } from './PartnerDrawer';
import { PROVINCES, regionName } from './regions';

/** The list of partners (往来单位): suppliers, dealers, stores, customers, people. */
export function PartnersPage() {
  const { t, i18n } = useTranslation();
  const may = useMay();
  const queries = useQueryClient();
  const [filters, setFilters] = useFilters(['q', 'kind', 'region', 'active'] as const);
  const [{ open }, setOpen] = useFilters(['open'] as const);
  const columns = useColumns();
  const english = i18n.language === 'en';
  const add = may('partners.edit') && (
    <Button type="primary" icon={<Icon name="plus" />} onClick={() => setOpen({ open: '+' })}>
      {t('partners.add')}
    </Button>
  );
  return (
    <Page title={t('partners.title')} beside={t('partners.beside')} actions={add}>
      <FilterBar>
        <SearchField value={filters.q} onChange={(q) => setFilters({ q })} label={t('partners.search')} />
        <ChoiceFilter
          label={t('kind')}
          value={filters.kind}
          onChange={(kind) => setFilters({ kind })}
          options={PARTNER_KINDS.map((value) => ({ value, label: t(`partnerKind.${value}`) }))}
        />
        <ChoiceFilter
          label={t('partners.region')}
          value={filters.region}
          onChange={(region) => setFilters({ region })}
          options={PROVINCES.map(([code, zh, en]) => ({ value: code.slice(0, 2), label: english ? en : zh }))}
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
      <KeyPagedTable<Partner>
        label={t('partners.title')}
        queryKey={['partners', 'list', filters]}
        fetchPage={(after, signal) => listPartners({ ...filters, after }, signal)}
        rowKey={(row) => row.code}
        columns={columns}
        onOpen={(row) => setOpen({ open: row.code })}
        empty={
          Object.keys(filters).length > 0 ? (
            <EmptyState icon="search" title={t('notFound')}>
              {t('partners.noMatch')}
            </EmptyState>
          ) : (
            <EmptyState icon="partner" title={t('partners.empty')} action={add}>
              {t('partners.emptyAdvice')}
            </EmptyState>
          )
        }
        card={(row) => (
          <>
            <span className="row">
              <Code value={row.code} copy={false} />
              <span className="grow" />
              <Tag>{t(`partnerKind.${row.kind}`)}</Tag>
            </span>
            <div>
              {row.name}{' '}
              <span className="muted">{row.region !== null && regionName(row.region, english)}</span>
            </div>
          </>
        )}
      />
      <PartnerDrawer
        code={open ?? null}
        onClose={() => setOpen({ open: null })}
        onSaved={() => {
          setOpen({ open: null });
          void queries.invalidateQueries({ queryKey: ['partners'] });
        }}
      />
    </Page>
  );
}

function useColumns(): NonNullable<TableProps<Partner>['columns']> {
  const { t, i18n } = useTranslation();
  const english = i18n.language === 'en';
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
    { title: t('kind'), key: 'kind', render: (_, row) => t(`partnerKind.${row.kind}`) },
    {
      title: t('partners.region'),
      key: 'region',
      render: (_, row) => row.region !== null && regionName(row.region, english),
    },
    {
      title: t('partners.regions'),
      key: 'regions',
      render: (_, row) => row.regions.map((region) => regionName(region, english)).join('、'),
    },
    {
      title: t('partners.phone'),
      key: 'phone',
      render: (_, row) => <span className="number">{row.phone}</span>,
    },
  ];
}
