import { Table } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { LifeEvent } from '../../api/items';
import { EmptyState } from '../../components/EmptyState';

/** One document (单据) and what was done to the item on it. */
export interface LifeDocument {
  document: string;
  events: LifeEvent[];
}

/** The documents that a life is tied to by itself, in the order in which they first appear. */
export function documentsOf(events: LifeEvent[]): LifeDocument[] {
  const found = new Map<string, LifeEvent[]>();
  for (const event of events) {
    if (event.document === null || event.document === '') continue;
    found.set(event.document, [...(found.get(event.document) ?? []), event]);
  }
  return [...found.entries()].map(([document, own]) => ({ document, events: own }));
}

/** Every document of a life, with what was done on it and by whom. */
export function Documents({ events }: { events: LifeEvent[] }) {
  const { t } = useTranslation();
  const rows = documentsOf(events);
  if (rows.length === 0) {
    return (
      <div className="card">
        <EmptyState icon="audit" title={t('life.documents.none')}>
          {t('life.documents.how')}
        </EmptyState>
      </div>
    );
  }
  return (
    <Table<LifeDocument>
      className="card"
      size="small"
      rowKey="document"
      pagination={false}
      aria-label={t('life.tab.documents')}
      dataSource={rows}
      scroll={{ x: 'max-content' }}
      columns={[
        {
          title: t('life.documents.document'),
          key: 'document',
          render: (_, row) => (
            <Link to={`/find?q=${encodeURIComponent(row.document)}`} className="mono">
              {row.document}
            </Link>
          ),
        },
        {
          title: t('life.documents.what'),
          key: 'what',
          render: (_, row) =>
            row.events
              .map((event) => t(`operation.${event.operation}`, { defaultValue: event.operation }))
              .join(' · '),
        },
        {
          title: t('life.occurred'),
          key: 'at',
          render: (_, row) => (
            <span className="mono">{dayjs(row.events[0]?.occurred_at).format('YYYY-MM-DD HH:mm')}</span>
          ),
        },
        {
          title: t('life.documents.who'),
          key: 'who',
          render: (_, row) => [...new Set(row.events.map((event) => event.actor))].join(' · '),
        },
      ]}
    />
  );
}
