import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState';
import { KeyPagedTable } from '../../components/KeyPagedTable';
import { Tag } from '../../components/Tags';
import type { LogEntry } from './calls';
import { listRecallLog } from './calls';

/** Who did what when in a recall, newest first; nothing of it can be changed. */
export function LogTable({ id }: { id: string }) {
  const { t } = useTranslation();
  const about = (row: LogEntry) =>
    [row.measure, row.note, row.document === id ? '' : row.document].filter(Boolean).join(' · ');
  const what = (row: LogEntry) =>
    t(`recalls.did.${row.kind}`, { defaultValue: t(`recalls.act.${row.kind}`) });
  const when = (at: string) => <span className="mono">{dayjs(at).format('MM-DD HH:mm')}</span>;
  return (
    <KeyPagedTable<LogEntry>
      label={t('recalls.log')}
      queryKey={['recalls', 'log', id]}
      fetchPage={(after, signal) => listRecallLog(id, { after, limit: 100 }, signal)}
      rowKey={(row) => `${row.recorded_at} ${row.kind} ${row.count} ${row.event ?? ''}`}
      columns={[
        { title: t('recalls.logAt'), key: 'at', render: (_, row) => when(row.at) },
        { title: t('recalls.logWho'), dataIndex: 'actor' },
        { title: t('recalls.logWhat'), key: 'kind', render: (_, row) => <b>{what(row)}</b> },
        {
          title: t('recalls.total'),
          key: 'count',
          align: 'right',
          render: (_, row) => <span className="number">{row.count.toLocaleString()}</span>,
        },
        { title: t('recalls.logAbout'), key: 'about', render: (_, row) => about(row) },
        {
          title: t('recalls.due'),
          key: 'due',
          render: (_, row) => <span className="mono">{row.due}</span>,
        },
        {
          title: t('recalls.logEvent'),
          key: 'event',
          render: (_, row) =>
            row.event === null ? (
              <span className="muted">{t('recalls.logOnly')}</span>
            ) : (
              <Tag tone="ink">{t('recalls.logPosted', { event: row.event })}</Tag>
            ),
        },
      ]}
      empty={<EmptyState icon="history" title={t('recalls.logNone')} />}
      card={(row) => (
        <>
          <span className="row">
            <b className="grow">{what(row)}</b>
            <span className="number">{row.count.toLocaleString()}</span>
          </span>
          <span className="row muted">
            {when(row.at)} <span>{row.actor}</span> <span className="grow">{about(row)}</span>
          </span>
        </>
      )}
    />
  );
}
