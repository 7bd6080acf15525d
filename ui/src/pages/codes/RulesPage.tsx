import { useQuery } from '@tanstack/react-query';
import type { TableProps } from 'antd';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useMay } from '../../api/session';
import { EmptyState } from '../../components/EmptyState';
import { FilterBar, SearchField } from '../../components/FilterBar';
import { Icon } from '../../components/Icon';
import { KeyPagedTable } from '../../components/KeyPagedTable';
import { Page } from '../../components/Page';
import { SegmentedCode } from '../../components/SegmentedCode';
import { Tag } from '../../components/Tags';
import { useFilters } from '../../components/useFilters';
import type { Kinds, RuleSummary } from './calls';
import { getKinds, listRules } from './calls';
import './codes.css';
import { Decode } from './Decode';
import { large } from './numbers';
import { split } from './segments';
import { SegmentWords } from './VersionsCard';

/** All code rules, and a box that reads any code back. */
export function RulesPage() {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const may = useMay()('codes.edit');
  const [filters, setFilters] = useFilters(['q'] as const);
  const kinds = useQuery({
    queryKey: ['codes', 'kinds', i18n.language],
    queryFn: ({ signal }) => getKinds(signal),
    staleTime: Infinity,
  });
  const add = (
    <Button type="primary" icon={<Icon name="plus" size={16} />} onClick={() => void navigate('/codes/new')}>
      {t('codes.new')}
    </Button>
  );
  return (
    <Page title={t('codes.title')} beside={t('codes.beside')} actions={may && add}>
      <div className="codes-list">
        <div className="stack">
          <FilterBar>
            <SearchField value={filters.q} label={t('codes.search')} onChange={(q) => setFilters({ q })} />
          </FilterBar>
          <KeyPagedTable<RuleSummary>
            queryKey={['codes', 'list', filters]}
            fetchPage={async (after, signal) => {
              const { rules, next } = await listRules({ ...filters, after }, signal);
              return { rows: rules, next };
            }}
            rowKey={(rule) => rule.code}
            columns={columns(t, i18n.language, kinds.data)}
            label={t('codes.title')}
            onOpen={(rule) => void navigate(`/codes/${encodeURIComponent(rule.code)}`)}
            empty={
              <EmptyState icon="code" title={t('codes.empty')} action={may && add}>
                {t('codes.emptyHelp')}
              </EmptyState>
            }
            card={(rule) => <RuleCard rule={rule} />}
          />
        </div>
        <section className="card codes-decode" aria-label={t('codes.decode')}>
          <header className="card-head">
            <h2>{t('codes.decode')}</h2>
            <span className="hint">{t('codes.decodeHelp')}</span>
          </header>
          <Decode />
        </section>
      </div>
    </Page>
  );
}

type Say = (key: string, options?: Record<string, unknown>) => string;

function columns(
  t: Say,
  language: string,
  kinds: Kinds | undefined,
): NonNullable<TableProps<RuleSummary>['columns']> {
  return [
    {
      key: 'name',
      title: t('name'),
      render: (_, rule) => (
        <span className="row">
          <b>{rule.name}</b>
          <span className="mono muted">{rule.code}</span>
        </span>
      ),
    },
    {
      key: 'example',
      title: t('codes.next'),
      render: (_, rule) => (
        <>
          <SegmentedCode parts={split(rule.segments, rule.example)} />
          {kinds && <SegmentWords segments={rule.segments} kinds={kinds} />}
        </>
      ),
    },
    {
      key: 'capacity',
      title: t('codes.capacity'),
      align: 'right',
      render: (_, rule) => <span className="number">{large(rule.capacity, language)}</span>,
    },
    {
      key: 'status',
      title: t('state_'),
      render: (_, rule) => <StatusTag rule={rule} />,
    },
  ];
}

function StatusTag({ rule }: { rule: RuleSummary }) {
  const { t } = useTranslation();
  return (
    <Tag tone={rule.status === 'in_force' ? 'green' : 'grey'}>
      {t(`codes.status.${rule.status}`)} v{rule.version}
    </Tag>
  );
}

function RuleCard({ rule }: { rule: RuleSummary }) {
  return (
    <>
      <span className="row">
        <b className="grow">{rule.name}</b>
        <StatusTag rule={rule} />
      </span>
      <SegmentedCode parts={split(rule.segments, rule.example)} />
    </>
  );
}
