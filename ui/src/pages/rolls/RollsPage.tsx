import { Button } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useMay } from '../../api/session';
import { Code } from '../../components/Code';
import { EmptyState } from '../../components/EmptyState';
import { FilterBar, SearchField } from '../../components/FilterBar';
import { Icon } from '../../components/Icon';
import { KeyPagedTable } from '../../components/KeyPagedTable';
import { Page } from '../../components/Page';
import { Tag } from '../../components/Tags';
import { useFilters } from '../../components/useFilters';
import { BalanceBar } from './BalanceBar';
import type { Roll } from './calls';
import { listRolls } from './calls';
import { NewRollDrawer } from './NewRollDrawer';
import './rolls.css';

/** Label rolls (标签卷): printed before their pieces exist, given out, bound by scanning, balanced. */
export function RollsPage() {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  const [filters, setFilters] = useFilters(['search'] as const);
  const [adding, setAdding] = useState(false);
  const open = (code: string) => void navigate(`/rolls/${encodeURIComponent(code)}`);
  const add = may('rolls.edit') && (
    <Button icon={<Icon name="plus" />} onClick={() => setAdding(true)}>
      {t('rolls.new')}
    </Button>
  );
  return (
    <Page
      title={t('rolls.title')}
      beside={<span className="only-desk">{t('rolls.beside')}</span>}
      actions={
        <>
          {add}
          {may('items.make') && (
            <Button
              type="primary"
              icon={<Icon name="scan" size={16} />}
              onClick={() => void navigate('/rolls/bind')}
            >
              {t('rolls.bind')}
            </Button>
          )}
        </>
      }
    >
      <FilterBar>
        <SearchField
          value={filters.search}
          onChange={(search) => setFilters({ search })}
          label={t('rolls.search')}
        />
      </FilterBar>
      <KeyPagedTable<Roll>
        label={t('rolls.title')}
        queryKey={['rolls', 'list', filters]}
        fetchPage={(after, signal) => listRolls({ ...filters, after }, signal)}
        rowKey={(row) => row.code}
        onOpen={(row) => open(row.code)}
        columns={[
          {
            title: t('rolls.number'),
            key: 'code',
            fixed: 'left',
            render: (_, row) => <Code value={row.code} />,
          },
          { title: t('name'), dataIndex: 'name', key: 'name' },
          {
            title: t('product'),
            key: 'product',
            render: (_, row) => <span className="mono">{row.product}</span>,
          },
          { title: t('rolls.set'), key: 'parts', render: (_, row) => <PartTags roll={row} /> },
          {
            title: t('rolls.sets'),
            key: 'sets',
            align: 'right',
            render: (_, row) => <span className="number">{row.sets.toLocaleString()}</span>,
          },
          {
            title: t('rolls.balance'),
            key: 'balance',
            width: 260,
            render: (_, row) => <BalanceBar balance={row.balance} />,
          },
          {
            title: t('rolls.left'),
            key: 'left',
            align: 'right',
            render: (_, row) => (
              <span className="row">
                <span className="number grow">{row.balance.left.toLocaleString()}</span>
                {row.balance.missing > 0 && (
                  <Tag tone="amber">{t('rolls.missingN', { count: row.balance.missing })}</Tag>
                )}
              </span>
            ),
          },
          {
            title: t('created'),
            key: 'created',
            render: (_, row) => <span className="mono">{dayjs(row.created_at).format('YYYY-MM-DD')}</span>,
          },
        ]}
        card={(row) => (
          <>
            <span className="row">
              <Code value={row.code} copy={false} />
              <span className="grow muted">{row.name}</span>
              {row.balance.missing > 0 && (
                <Tag tone="amber">{t('rolls.missingN', { count: row.balance.missing })}</Tag>
              )}
            </span>
            <BalanceBar balance={row.balance} />
          </>
        )}
        empty={
          <EmptyState icon="qr" title={t('rolls.none')} action={add}>
            {t('rolls.noneHow')}
          </EmptyState>
        }
      />
      <NewRollDrawer open={adding} onClose={() => setAdding(false)} onMade={open} />
    </Page>
  );
}

/** What one set is made of: 机身 ×4 彩盒 ×4 外箱 ×1. */
export function PartTags({ roll }: { roll: Pick<Roll, 'parts'> }) {
  return (
    <span className="roll-parts">
      {roll.parts.map((part) => (
        <Tag
          key={part.name}
          tone={part.kind === 'piece' ? 'ink' : part.kind === 'package' ? 'teal' : 'violet'}
        >
          {part.name} ×{part.count}
        </Tag>
      ))}
    </span>
  );
}
