import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState';
import { useIsPhone } from '../../components/useIsPhone';
import type { FormInfo, FormRecord } from '../../forms/calls';
import type { FormField, Values } from '../../forms/model';
import { Kanban } from './board/Kanban';
import { Calendar } from './calendar/Calendar';
import { Gallery } from './gallery/Gallery';
import { RecordCards } from './RecordCards';
import { TableView } from './TableView';
import type { useHead } from './useHead';
import type { CurrentView } from './views/useView';

interface ViewBodyShownProps {
  app: string;
  form: FormInfo;
  fields: readonly FormField[];
  view: CurrentView;
  head: ReturnType<typeof useHead>;
  /** The filter of the view and what is searched for. */
  filter: unknown;
  /** The record that is open beside the list. */
  opened: number | null;
  /** What stands in place of an empty list. */
  empty: ReactNode;
  onOpen: (record: FormRecord, siblings: readonly number[]) => void;
  onAdd: (values: Values) => void;
  onSetup: () => void;
}

/** The records as the kind of the view shows them. */
export function ViewBodyShown(props: ViewBodyShownProps) {
  const { app, form, fields, view, filter, empty, onOpen, onAdd, onSetup } = props;
  const { t } = useTranslation();
  const phone = useIsPhone();
  const { body, change } = view;
  const field = (code: string | undefined) => fields.find((one) => one.code === code);
  const open = (record: FormRecord, all: readonly FormRecord[]) =>
    onOpen(
      record,
      all.map((one) => one.id),
    );
  const missing = (
    <div className="card">
      <EmptyState
        icon="guide"
        title={t('records.views.incomplete')}
        action={<Button onClick={onSetup}>{t('records.views.setup')}</Button>}
      >
        {t('records.views.incompleteAdvice')}
      </EmptyState>
    </div>
  );
  switch (body.kind) {
    case 'kanban': {
      const by = field(body.options.by);
      if (by === undefined) return missing;
      return (
        <Kanban
          key={by.id}
          app={app}
          form={form}
          fields={fields}
          body={body}
          filter={filter}
          by={by}
          onOpen={open}
          onAdd={(value) => onAdd(value === null ? {} : { [by.code]: value })}
        />
      );
    }
    case 'calendar': {
      const from = field(body.options.from);
      if (from === undefined) return missing;
      return (
        <Calendar
          app={app}
          form={form}
          fields={fields}
          body={body}
          filter={filter}
          from={from}
          to={field(body.options.to)}
          onSpan={(span) => change({ options: { ...body.options, span } })}
          onOpen={open}
        />
      );
    }
    case 'gallery':
      return (
        <Gallery
          app={app}
          form={form}
          fields={fields}
          body={body}
          filter={filter}
          empty={empty}
          onOpen={open}
        />
      );
    default: {
      const parent = body.kind === 'tree' ? field(body.options.parent) : undefined;
      if (body.kind === 'tree' && parent === undefined) return missing;
      if (phone)
        return (
          <RecordCards
            app={app}
            form={form}
            fields={fields}
            body={body}
            filter={filter}
            empty={empty}
            onOpen={open}
          />
        );
      return <TableView {...props} parent={parent} />;
    }
  }
}

export type { ViewBodyShownProps };
