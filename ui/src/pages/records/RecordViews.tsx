import { useMutation } from '@tanstack/react-query';
import { Alert, App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { problemOf } from '../../api/problem';
import { preview } from '../../api/preview';
import { useMay } from '../../api/session';
import { EmptyState } from '../../components/EmptyState';
import { Icon } from '../../components/Icon';
import { Page } from '../../components/Page';
import { useFilters } from '../../components/useFilters';
import { useIsPhone } from '../../components/useIsPhone';
import type { FormInfo, FormRecord } from '../../forms/calls';
import { appPath, formPage, mayDo, useAppName, useKinds } from '../../forms/calls';
import { askedShape, fieldsOf } from '../../forms/controls';
import type { Values } from '../../forms/model';
import type { Group } from './asking';
import { both, groupOf, searching, written } from './asking';
import { FilterChips } from './FilterChips';
import { NewRecord } from './NewRecord';
import { RecordDrawer } from './RecordDrawer';
import { RecycleBin } from './RecycleBin';
import { Toolbar } from './Toolbar';
import { useHead } from './useHead';
import { deleteView, putView } from './views/calls';
import type { SavedView, ViewKind } from './views/model';
import { ALL } from './views/model';
import { useView } from './views/useView';
import { ViewBodyShown } from './ViewBodyShown';
import { ViewDialog } from './views/ViewDialog';
import { ViewSheet } from './views/ViewSheet';
import { ViewTabs } from './views/ViewTabs';

type Asking = { what: 'new'; kind: ViewKind } | { what: 'copy' } | { what: 'edit'; view: SavedView };

/** The records of a form through its views. */
export function RecordViews({ app, form }: { app: string; form: FormInfo }) {
  const { t } = useTranslation();
  const { message, modal } = App.useApp();
  const may = useMay();
  const phone = useIsPhone();
  const kinds = useKinds();
  const [{ q, open }, setFilters] = useFilters(['q', 'open'] as const);
  const [asking, setAsking] = useState<Asking | null>(null);
  const [bin, setBin] = useState(false);
  const [begun, setBegun] = useState<Values>({});
  const [siblings, setSiblings] = useState<readonly number[]>([]);
  const name = useAppName(app);
  const view = useView(app, form.code);
  const fields = fieldsOf(form.fields, kinds).filter((one) => !one.hidden && !view.hidden.includes(one.code));
  const head = useHead(fields, view.body, view.change, view.partial);
  const typed = fields.map((field) => ({ field, shape: askedShape(field, kinds) }));
  const filter = both(view.body.filter ?? null, searching(q ?? '', typed));
  const group = groupOf(view.body.filter);
  const setGroup = (next: Group) => view.change({ filter: written(next) });
  const id = open !== undefined && /^\d+$/.test(open) ? Number(open) : null;
  const saved = view.saved;
  const mayChange = saved !== undefined && (!saved.shared || may('apps.edit'));
  const saving = useMutation({
    mutationFn: (one: SavedView) =>
      putView(app, form.code, one.id, one.version, {
        ...view.body,
        name: one.name,
        shared: one.shared,
        default: one.default,
      }),
    onSuccess: (after) => {
      void message.success(t('saved'));
      view.took(after);
    },
    onError: (error) => {
      const problem = problemOf(error);
      void message.error([problem.detail ?? problem.title, problem.advice].filter(Boolean).join(' '), 6);
      if (problem.code === 'view_conflict') void view.refresh();
    },
  });
  const drop = (one: SavedView) =>
    void modal.confirm({
      title: t('records.views.deleteTitle', { name: one.name }),
      content: t(one.shared ? 'records.views.deleteShared' : 'records.views.deleteMine'),
      okText: t('delete'),
      okButtonProps: { danger: true },
      cancelText: t('keep'),
      onOk: async () => {
        try {
          await deleteView(app, form.code, one);
          view.dropped();
        } catch (error) {
          void message.error(problemOf(error).detail ?? problemOf(error).title);
          void view.refresh();
        }
      },
    });
  const add = (values: Values = {}) => {
    setBegun(values);
    setFilters({ open: 'new' });
  };
  const show = (record: FormRecord, all: readonly number[]) => {
    setSiblings(all);
    setFilters({ open: String(record.id) });
  };
  const addButton = mayDo(form, 'create') && (
    <Button type="primary" className="records-tool" icon={<Icon name="plus" />} onClick={() => add()}>
      {t('add')}
    </Button>
  );
  const empty =
    filter === null ? (
      <EmptyState icon="list" title={t('records.empty')} action={!phone && addButton}>
        {t('records.emptyAdvice')}
      </EmptyState>
    ) : (
      <EmptyState
        icon="search"
        title={t('records.noMatch')}
        action={
          <Button
            onClick={() => {
              setFilters({ q: null });
              view.change({ filter: null });
            }}
          >
            {t('records.showAll')}
          </Button>
        }
      >
        {t('records.noMatchAdvice')}
      </EmptyState>
    );
  const asked = asking === null ? null : bodyOf(asking, view.body);
  return (
    <Page
      title={form.name}
      beside={<Link to={appPath(app)}>{name}</Link>}
      actions={
        <>
          {mayDo(form, 'delete') && (
            <Button type="text" icon={<Icon name="trash" size={16} />} onClick={() => setBin(true)}>
              {t('records.bin.button')}
            </Button>
          )}
          {may('apps.edit') && preview() === null && (
            <Link to={`${formPage(app, form.code)}/design`} className="only-desk">
              <Button icon={<Icon name="edit" size={16} />}>{t('records.design')}</Button>
            </Link>
          )}
        </>
      }
    >
      <div className="records-view">
        {phone ? (
          <ViewSheet view={view} onNew={(kind) => setAsking({ what: 'new', kind })} />
        ) : (
          <ViewTabs
            view={view}
            mayChange={mayChange}
            saving={saving.isPending}
            onSave={() => saved !== undefined && saving.mutate(saved)}
            onSaveAs={() => setAsking({ what: 'copy' })}
            onNew={(kind) => setAsking({ what: 'new', kind })}
            onEdit={(one) => setAsking({ what: 'edit', view: one })}
            onDelete={drop}
          />
        )}
        {saved !== undefined && saved.left_out.length > 0 && (
          <Alert
            type="warning"
            showIcon
            className="records-left-out"
            title={t('records.views.leftOut', {
              fields: saved.left_out
                .map((one) => `${one.title}（${t(`records.views.why.${one.why}`)}）`)
                .join('、'),
            })}
          />
        )}
        <Toolbar
          app={app}
          form={form}
          fields={fields}
          view={view}
          head={head}
          filter={filter}
          q={q}
          searchable={typed.some((one) => one.shape === 'text')}
          group={group}
          add={addButton}
          onSearch={(next) => setFilters({ q: next })}
          onFilter={setGroup}
        />
        <FilterChips group={group} fields={fields} onChange={setGroup} />
        {phone && addButton && <div className="records-add">{addButton}</div>}
        <ViewBodyShown
          app={app}
          form={form}
          fields={fields}
          view={view}
          head={head}
          filter={filter}
          opened={id}
          empty={empty}
          onOpen={show}
          onAdd={add}
          onSetup={() =>
            saved === undefined ? setAsking({ what: 'copy' }) : setAsking({ what: 'edit', view: saved })
          }
        />
      </div>
      <NewRecord
        app={app}
        form={form}
        first={begun}
        open={open === 'new'}
        onClose={() => setFilters({ open: null })}
      />
      <RecordDrawer
        app={app}
        form={form}
        id={id}
        siblings={siblings}
        onOpen={(next) => setFilters({ open: String(next) })}
        onClose={() => setFilters({ open: null })}
      />
      <RecycleBin app={app} form={form} open={bin} onClose={() => setBin(false)} />
      {asking !== null && asked !== null && (
        <ViewDialog
          app={app}
          form={form}
          fields={fields}
          body={asked}
          {...(asking.what === 'edit' && { saved: asking.view })}
          onSaved={view.took}
          onClose={() => setAsking(null)}
        />
      )}
    </Page>
  );
}

function bodyOf(asking: Asking, present: Parameters<typeof ViewDialog>[0]['body']) {
  return asking.what === 'new' ? { ...ALL, kind: asking.kind } : present;
}
