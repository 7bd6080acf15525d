import { Button, Spin } from 'antd';
import type { InfiniteData } from '@tanstack/react-query';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { useMay } from '../../api/session';
import { EmptyState } from '../../components/EmptyState';
import { FilterBar, SearchField } from '../../components/FilterBar';
import { Icon } from '../../components/Icon';
import type { ListPage } from '../../components/KeyPagedTable';
import { KeyPagedTable } from '../../components/KeyPagedTable';
import { Page } from '../../components/Page';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useFilters } from '../../components/useFilters';
import { useIsPhone } from '../../components/useIsPhone';
import type { FormInfo, FormRecord } from '../../forms/calls';
import { appPath, findRecords, formPage, useAppName, useForm, useKinds } from '../../forms/calls';
import { askedShape, fieldsOf } from '../../forms/controls';
import '../../forms/fields.css';
import type { Group } from './asking';
import { both, read, searching, written } from './asking';
import { ColumnChooser } from './ColumnChooser';
import { FilterButton } from './FilterButton';
import { FilterChips } from './FilterChips';
import { NewRecord } from './NewRecord';
import { RecordCard } from './RecordCard';
import { RecordDrawer } from './RecordDrawer';
import './records.css';
import { useColumns } from './useColumns';
import { useShownFields } from './useShownFields';

/** The records (记录) of one form. */
export function RecordsPage() {
  const { t } = useTranslation();
  const { app = '', form: code = '' } = useParams();
  const form = useForm(app, code);
  const navigate = useNavigate();
  const may = useMay();
  if (form.isPending) return <Spin className="table-wait" />;
  if (form.isError) {
    return (
      <Page title={code}>
        <ProblemAlert problem={form.error} onRetry={() => void form.refetch()} />
      </Page>
    );
  }
  if (form.data.version === null) {
    return (
      <Page title={form.data.name}>
        <div className="card">
          <EmptyState
            icon="edit"
            title={t('records.unpublished')}
            action={
              may('apps.edit') && (
                <Button type="primary" onClick={() => void navigate(`${formPage(app, code)}/design`)}>
                  {t('records.design')}
                </Button>
              )
            }
          >
            {t('records.unpublishedAdvice')}
          </EmptyState>
        </div>
      </Page>
    );
  }
  return <RecordList key={`${app}/${code}`} app={app} form={form.data} />;
}

function RecordList({ app, form }: { app: string; form: FormInfo }) {
  const { t } = useTranslation();
  const may = useMay();
  const phone = useIsPhone();
  const kinds = useKinds();
  const queries = useQueryClient();
  const [{ q, f, sort, open }, setFilters] = useFilters(['q', 'f', 'sort', 'open'] as const);
  const name = useAppName(app);
  const fields = fieldsOf(form.fields, kinds).filter((one) => !one.hidden);
  const choosing = useShownFields(`${app}/${form.code}`, fields);
  const columns = useColumns(choosing.shown, { sort, onSort: (next) => setFilters({ sort: next }) });
  const group = read(f);
  const setGroup = (next: Group) => setFilters({ f: next.parts.length === 0 ? null : JSON.stringify(next) });
  const typed = fields.map((field) => ({ field, shape: askedShape(field, kinds) }));
  const searchable = typed.some((one) => one.shape === 'text');
  const filter = both(written(group), searching(q ?? '', typed));
  const queryKey = ['records', app, form.code, 'list', filter, sort];
  const pages = queries.getQueryData<InfiniteData<ListPage<FormRecord>>>(queryKey)?.pages ?? [];
  const id = open !== undefined && /^\d+$/.test(open) ? Number(open) : null;
  const add = (
    <Button
      type="primary"
      className="records-tool"
      icon={<Icon name="plus" />}
      onClick={() => setFilters({ open: 'new' })}
    >
      {t('add')}
    </Button>
  );
  return (
    <Page
      title={form.name}
      beside={<Link to={appPath(app)}>{name}</Link>}
      actions={
        <>
          {may('apps.edit') && (
            <Link to={`${formPage(app, form.code)}/design`} className="only-desk">
              <Button icon={<Icon name="edit" size={16} />}>{t('records.design')}</Button>
            </Link>
          )}
          {add}
        </>
      }
    >
      <FilterBar actions={!phone && <ColumnChooser fields={fields} choosing={choosing} />}>
        {searchable && (
          <SearchField value={q} onChange={(next) => setFilters({ q: next })} label={t('records.search')} />
        )}
        <FilterButton group={group} fields={fields} onChange={setGroup} />
      </FilterBar>
      <FilterChips group={group} fields={fields} onChange={setGroup} />
      <KeyPagedTable<FormRecord>
        label={form.name}
        queryKey={queryKey}
        fetchPage={async (after, signal) => {
          const query = { filter: filter === null ? undefined : JSON.stringify(filter), sort, after };
          const page = await findRecords(app, form.code, query, signal);
          return { rows: page.records, next: page.next };
        }}
        rowKey={(row) => String(row.id)}
        columns={columns}
        onOpen={(row) => setFilters({ open: String(row.id) })}
        empty={
          filter === null ? (
            <EmptyState icon="list" title={t('records.empty')} action={add}>
              {t('records.emptyAdvice')}
            </EmptyState>
          ) : (
            <EmptyState
              icon="search"
              title={t('records.noMatch')}
              action={
                <Button onClick={() => setFilters({ q: null, f: null })}>{t('records.showAll')}</Button>
              }
            >
              {t('records.noMatchAdvice')}
            </EmptyState>
          )
        }
        card={(row) => <RecordCard record={row} fields={fields} />}
      />
      <NewRecord app={app} form={form} open={open === 'new'} onClose={() => setFilters({ open: null })} />
      <RecordDrawer
        app={app}
        form={form}
        id={id}
        siblings={pages.flatMap((page) => page.rows.map((row) => row.id))}
        onOpen={(next) => setFilters({ open: String(next) })}
        onClose={() => setFilters({ open: null })}
      />
    </Page>
  );
}
