import { useQuery } from '@tanstack/react-query';
import type { TableProps } from 'antd';
import { Spin, Table } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { StockRow } from '../../api/client';
import { getStock } from '../../api/client';
import { getPlace } from '../../api/master';
import { Code } from '../../components/Code';
import { EmptyState } from '../../components/EmptyState';
import { ProblemAlert } from '../../components/ProblemAlert';
import { StateDot } from '../../components/StateDot';
import { MarkTag, QualityTag, Tag } from '../../components/Tags';

/** One place: where it lies, and what is in it. */
export function PlaceView({ code, actions }: { code: string; actions: ReactNode }) {
  const { t } = useTranslation();
  const { data: place, error } = useQuery({
    queryKey: ['places', 'one', code],
    queryFn: ({ signal }) => getPlace(code, signal),
  });
  if (error !== null) return <ProblemAlert problem={error} />;
  if (place === undefined) return <Spin />;
  return (
    <div className="stack">
      <section className="card place-head">
        <h2>
          <Code value={place.code} size="large" /> {place.name !== place.code && place.name}
        </h2>
        <div className="row place-facts">
          <Tag tone="ink">{t(`placeKind.${place.kind}`)}</Tag>
          {!place.active && <Tag>{t('inactive')}</Tag>}
          {place.path.length > 1 && (
            <span className="muted">
              {t('places.in')} {place.path.slice(0, -1).join(' / ')}
            </span>
          )}
        </div>
        <div className="row">
          {actions}
          <Link to={`/items?place=${encodeURIComponent(code)}`}>{t('places.items')}</Link>
        </div>
      </section>
      <Contents code={code} />
    </div>
  );
}

function Contents({ code }: { code: string }) {
  const { t } = useTranslation();
  const { data, error } = useQuery({
    queryKey: ['stock', { place: code }],
    queryFn: ({ signal }) => getStock({ place: code }, signal),
  });
  const columns = useColumns(code);
  if (error !== null) return <ProblemAlert problem={error} />;
  if (data === undefined) return <Spin />;
  // No total: pieces, metres and litres do not add up.
  const kinds = new Set(data.rows.map((row) => row.product)).size;
  return (
    <section className="card" aria-label={t('places.contents')}>
      <div className="card-head">
        <h2>{t('places.contents')}</h2>
        <span className="muted">{t('places.kinds', { count: kinds })}</span>
      </div>
      {data.rows.length === 0 ? (
        <EmptyState icon="box" title={t('places.noStock')}>
          {t('places.noStockAdvice')}
        </EmptyState>
      ) : (
        <Table<StockRow>
          size="small"
          columns={columns}
          dataSource={data.rows}
          rowKey={(row) => JSON.stringify({ ...row, quantity: 0 })}
          pagination={data.rows.length > 50 ? { pageSize: 50 } : false}
          scroll={{ x: 'max-content' }}
        />
      )}
    </section>
  );
}

function useColumns(code: string): NonNullable<TableProps<StockRow>['columns']> {
  const { t } = useTranslation();
  return [
    {
      title: t('product'),
      key: 'product',
      render: (_, row) => row.product !== null && <Code value={row.product} />,
    },
    {
      title: t('batch_'),
      key: 'batch',
      render: (_, row) => row.batch !== null && <Code value={row.batch} />,
    },
    {
      title: t('place'),
      key: 'place',
      render: (_, row) => row.place !== null && row.place !== code && <Code value={row.place} />,
    },
    { title: t('state_'), key: 'state', render: (_, row) => <StateDot state={row.state} /> },
    {
      title: t('places.quality'),
      key: 'quality',
      render: (_, row) => (
        <span className="row">
          <QualityTag quality={row.quality} />
          {row.blocked && <MarkTag mark="held" />}
        </span>
      ),
    },
    { title: t('places.owner'), key: 'owner', render: (_, row) => row.owner ?? t('places.ours') },
    {
      title: t('quantity'),
      key: 'quantity',
      align: 'right',
      render: (_, row) => <b className="number">{row.quantity.toLocaleString()}</b>,
    },
  ];
}
