import { Input } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { Query } from '../../api/http';
import type { Listed } from '../../api/master';
import { listed } from '../../api/master';
import { Code } from '../../components/Code';
import { EmptyState } from '../../components/EmptyState';
import { ChoiceFilter, FilterBar, SearchField } from '../../components/FilterBar';
import { KeyPagedTable } from '../../components/KeyPagedTable';
import { Page } from '../../components/Page';
import { Tag } from '../../components/Tags';
import { useFilters } from '../../components/useFilters';
import './audit.css';
import type { Entry } from './Changes';
import { Changes } from './Changes';

const SUBJECTS = [
  'session',
  'user',
  'role',
  'department',
  'token',
  'product',
  'place',
  'partner',
  'batch',
  'code_rule',
  'life_cycle',
];

const listAudit = (query: Query, signal: AbortSignal) =>
  listed('entries', '/audit', query, signal) as Promise<Listed<Entry>>;

/** The audit trail (审计): who changed what, from what to what. */
export function AuditPage() {
  const { t } = useTranslation();
  const [filters, setFilters] = useFilters(['subject', 'key', 'by'] as const);
  const word = (part: string, key: string) => t(`audit.${part}.${key}`, { defaultValue: key });
  const when = (entry: Entry) => dayjs(entry.recorded_at).format('YYYY-MM-DD HH:mm:ss');
  return (
    <Page title={t('audit.title')} beside={t('audit.beside')}>
      <FilterBar>
        <ChoiceFilter
          label={t('audit.what')}
          value={filters.subject}
          onChange={(subject) => setFilters({ subject, key: null })}
          options={SUBJECTS.map((value) => ({ value, label: word('subject', value) }))}
        />
        {filters.subject !== undefined && (
          <SearchField value={filters.key} onChange={(key) => setFilters({ key })} label={t('audit.key')} />
        )}
        <Input
          className="filter-choice audit-who"
          allowClear
          defaultValue={filters.by ?? ''}
          placeholder={t('audit.by')}
          aria-label={t('audit.by')}
          onPressEnter={(event) => setFilters({ by: event.currentTarget.value.trim() })}
          onBlur={(event) => setFilters({ by: event.currentTarget.value.trim() })}
        />
      </FilterBar>
      <KeyPagedTable<Entry>
        label={t('audit.title')}
        queryKey={['audit', filters]}
        fetchPage={(after, signal) => listAudit({ ...filters, after }, signal)}
        rowKey={(row) => String(row.id)}
        empty={<EmptyState icon="audit" title={t('notFound')} />}
        columns={[
          {
            title: t('audit.when'),
            key: 'when',
            fixed: 'left',
            render: (_, row) => <span className="number">{when(row)}</span>,
          },
          { title: t('audit.who'), dataIndex: 'actor', className: 'mono' },
          { title: t('audit.what'), key: 'subject', render: (_, row) => word('subject', row.subject) },
          { title: t('code'), key: 'key', render: (_, row) => row.key !== '' && <Code value={row.key} /> },
          { title: t('audit.did'), key: 'action', render: (_, row) => <ActionTag action={row.action} /> },
          { title: t('audit.changes'), key: 'changes', render: (_, row) => <Changes entry={row} /> },
        ]}
        card={(row) => (
          <>
            <span className="row">
              <ActionTag action={row.action} />
              {word('subject', row.subject)} <b className="mono">{row.key}</b>
            </span>
            <span className="hint">
              {when(row)} · {row.actor}
            </span>
            <Changes entry={row} />
          </>
        )}
      />
    </Page>
  );
}

function ActionTag({ action }: { action: string }) {
  const { t } = useTranslation();
  const failed = action.includes('failed') || action.includes('locked');
  const tone = action === 'delete' || failed ? 'red' : action === 'create' ? 'green' : 'grey';
  return <Tag tone={tone}>{t(`audit.action.${action}`, { defaultValue: action })}</Tag>;
}
