import type { InfiniteData } from '@tanstack/react-query';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { ListPage } from '../../components/KeyPagedTable';
import { KeyPagedTable } from '../../components/KeyPagedTable';
import type { FormInfo, FormRecord } from '../../forms/calls';
import { findRecords } from '../../forms/calls';
import type { FormField } from '../../forms/model';
import { RecordCard } from './RecordCard';
import type { ViewBody } from './views/model';

interface RecordCardsProps {
  app: string;
  form: FormInfo;
  fields: readonly FormField[];
  body: ViewBody;
  filter: unknown;
  empty: ReactNode;
  onOpen: (record: FormRecord, all: readonly FormRecord[]) => void;
}

/** The list on a phone: a card for each record. */
export function RecordCards({ app, form, fields, body, filter, empty, onOpen }: RecordCardsProps) {
  const queries = useQueryClient();
  const queryKey = ['records', app, form.code, 'cards', filter, body.sort];
  return (
    <KeyPagedTable<FormRecord>
      label={form.name}
      queryKey={queryKey}
      fetchPage={async (after, signal) => {
        const query = { filter: filter == null ? undefined : JSON.stringify(filter), sort: body.sort, after };
        const page = await findRecords(app, form.code, query, signal);
        return { rows: page.records, next: page.next };
      }}
      rowKey={(row) => String(row.id)}
      columns={[]}
      onOpen={(row) => {
        const read = queries.getQueryData<InfiniteData<ListPage<FormRecord>>>(queryKey);
        onOpen(row, read?.pages.flatMap((page) => page.rows) ?? []);
      }}
      empty={empty}
      card={(row) => <RecordCard record={row} fields={fields} />}
    />
  );
}
