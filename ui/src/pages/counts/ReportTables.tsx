import { useQuery } from '@tanstack/react-query';
import { Segmented, Skeleton, Table } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState';
import { useIsPhone } from '../../components/useIsPhone';
import { usePersonNames } from '../../flows/queries';
import type { Count, CountProduct } from './calls';
import { getCount, getSummary } from './calls';

/** Who counted, round by round. */
export function PeopleOfRounds({ count }: { count: Count }) {
  const { t } = useTranslation();
  const [round, setRound] = useState(count.round);
  const earlier = useQuery({
    queryKey: ['counts', 'round', count.number, round],
    queryFn: ({ signal }) => getCount(count.number, signal, round),
    enabled: round !== count.round,
  });
  const shown = round === count.round ? count : earlier.data;
  const rounds = Array.from({ length: count.round }, (_, index) => index + 1);
  return (
    <>
      <div className="row count-rounds">
        <h2 className="count-part grow">{t('counts.report.people')}</h2>
        {count.round > 1 && (
          <Segmented
            size="small"
            aria-label={t('counts.report.people')}
            value={round}
            onChange={setRound}
            options={rounds.map((one) => ({ value: one, label: t('counts.round', { count: one }) }))}
          />
        )}
      </div>
      {shown === undefined ? <Skeleton active /> : <People count={shown} />}
    </>
  );
}

/** What differs by product, all places together (按产品汇总); value is quantity. */
export function Products({ count }: { count: Count }) {
  const { t } = useTranslation();
  const { data = [] } = useQuery({
    queryKey: ['counts', 'summary', count.number, count.state],
    queryFn: async ({ signal }) => (await getSummary(count.number, signal)).products,
  });
  if (data.length === 0) return null;
  const names = ['expected', 'counted', 'more', 'less'] as const;
  return (
    <section className="card" aria-label={t('counts.report.products')}>
      <h2 className="count-part">{t('counts.report.products')}</h2>
      <Table<CountProduct>
        size="small"
        rowKey="product"
        dataSource={data}
        pagination={false}
        scroll={{ x: 'max-content' }}
        columns={[
          {
            title: t('product'),
            key: 'product',
            render: (_, row) => (
              <span className="count-name">
                <b>{row.name}</b>
                <span className="mono hint">{row.product}</span>
              </span>
            ),
          },
          ...names.map((name) => ({
            title: t(`counts.report.ofProduct.${name}`),
            key: name,
            align: 'right' as const,
            render: (_: unknown, row: CountProduct) => (
              <span className={name === 'less' && row.less > 0 ? 'number list-wrong' : 'number'}>
                {row[name].toLocaleString()}
              </span>
            ),
          })),
        ]}
      />
    </section>
  );
}

type Person = Count['people'][number];

function People({ count }: { count: Count }) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const person = usePersonNames();
  const { people } = count;
  if (people.length === 0) return <EmptyState icon="users" title={t('counts.report.nobody')} />;
  // Of a blind session only those who manage it are told.
  const told = people.some((one) => typeof one.right === 'number');
  const names = [
    'counted',
    ...(told ? (['right', 'wrong'] as const) : []),
    'duplicates',
    'unknown',
    'undone',
  ] as const;
  return (
    <Table<Person>
      size="small"
      rowKey="user"
      dataSource={people}
      pagination={false}
      scroll={{ x: 'max-content' }}
      columns={[
        { title: t('counts.report.person'), key: 'user', render: (_, row) => <b>{person(row.user)}</b> },
        ...names.map((name) => ({
          title: t(`counts.report.of.${name}`),
          key: name,
          align: 'right' as const,
          render: (_: unknown, row: Person) => (
            <span className={name === 'wrong' && (row.wrong ?? 0) > 0 ? 'number list-wrong' : 'number'}>
              {(row[name] ?? 0).toLocaleString()}
            </span>
          ),
        })),
        ...(phone
          ? []
          : [
              {
                title: t('counts.report.time'),
                key: 'time',
                render: (_: unknown, row: Person) => (
                  <span className="mono muted">
                    {dayjs(row.first_at).format('MM-DD HH:mm')}–{dayjs(row.last_at).format('HH:mm')}
                  </span>
                ),
              },
            ]),
      ]}
    />
  );
}
