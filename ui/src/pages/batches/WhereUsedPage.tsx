import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Checkbox, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { http } from '../../api/http';
import { useMay } from '../../api/session';
import type { Answer } from '../../api/whole';
import { Code } from '../../components/Code';
import { ItemState } from '../../components/ItemState';
import { Page } from '../../components/Page';
import { ProblemAlert } from '../../components/ProblemAlert';
import { MarkTag } from '../../components/Tags';
import { useFilters } from '../../components/useFilters';
import './used.css';

type WhereUsed = Answer<'WhereUsedOut'>;

/** Where a batch of parts went: which units have it inside, where its own pieces are, one by one. */
export function WhereUsedPage() {
  const { product = '', code = '' } = useParams();
  const { t } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  const [{ ever }, setFilters] = useFilters(['ever'] as const);
  const used = useInfiniteQuery({
    queryKey: ['batches', 'used', product, code, ever ?? ''],
    queryFn: ({ pageParam, signal }) =>
      http.get<WhereUsed>(
        `/batches/${encodeURIComponent(code)}/where-used`,
        { product, ever: ever === '1' ? true : undefined, after: pageParam, limit: 200 },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const first = used.data?.pages[0];
  const nodes = used.data?.pages.flatMap((page) => page.nodes.filter((node) => node.depth > 0)) ?? [];
  const units = first?.units.reduce((sum, one) => sum + one.count, 0) ?? 0;
  const most = Math.max(1, ...(first?.units ?? []).map((one) => one.count));
  return (
    <Page
      title={
        <span className="row">
          {t('batches.used.title')} <Code value={code} size="large" />
        </span>
      }
      name={code}
      beside={<span className="mono">{product}</span>}
      actions={
        may('recalls.manage') && (
          <Button danger onClick={() => void navigate(`/recalls/new?batch=${encodeURIComponent(code)}`)}>
            {t('batches.used.recall')}
          </Button>
        )
      }
    >
      <p className="used-how">
        <Checkbox
          checked={ever === '1'}
          onChange={(event) => setFilters({ ever: event.target.checked ? '1' : null })}
        >
          {t('batches.used.ever')}
        </Checkbox>
      </p>
      {used.isPending && <Skeleton active />}
      {used.isError && <ProblemAlert problem={used.error} onRetry={() => void used.refetch()} />}
      {first && (
        <div className="used">
          <section className="card" aria-label={t('batches.used.units')}>
            <div className="card-head">
              <h2>{t('batches.used.units')}</h2>
              <span className="hint">{t('batches.used.sum', { count: units })}</span>
            </div>
            {units === 0 && <p className="used-none muted">{t('batches.used.none')}</p>}
            <ul className="used-bars">
              {first.units.map((one) => (
                <li key={`${one.product ?? ''} ${one.state ?? ''}`}>
                  <span className="mono">{one.product}</span>
                  <span>{one.state !== null && <ItemState state={one.state} />}</span>
                  <span className="used-bar">
                    <i style={{ width: `${(one.count * 100) / most}%` }} />
                  </span>
                  <b className="number">{one.count.toLocaleString()}</b>
                </li>
              ))}
            </ul>
          </section>
          <section className="card" aria-label={t('batches.used.pieces')}>
            <div className="card-head">
              <h2>{t(first.pieces.length > 0 ? 'batches.used.pieces' : 'batches.used.quantities')}</h2>
            </div>
            <ul className="used-bars">
              {first.pieces.map((one) => (
                <li key={one.state}>
                  <ItemState state={one.state} />
                  <span />
                  <span />
                  <b className="number">{one.count.toLocaleString()}</b>
                </li>
              ))}
              {first.quantities.map((one) => (
                <li key={`${one.state} ${one.place ?? ''}`}>
                  <ItemState state={one.state} />
                  <span className="mono">{one.place}</span>
                  <span />
                  <b className="number">{one.quantity.toLocaleString()}</b>
                </li>
              ))}
            </ul>
          </section>
          <section className="card used-all" aria-label={t('batches.used.list')}>
            <div className="card-head">
              <h2>{t('batches.used.list')}</h2>
              <span className="hint">
                {t('batches.used.listSum', { count: Math.max(first.total - 1, 0), read: nodes.length })}
              </span>
            </div>
            <ul className="used-items">
              {nodes.map((node) => (
                <li key={node.id}>
                  <Link
                    to={`/items/${encodeURIComponent(node.code)}?tab=parts&trace=${encodeURIComponent(code)}`}
                  >
                    <Code value={node.code} copy={false} />
                  </Link>
                  <span className="mono muted">{node.product}</span>
                  {node.state !== null && <ItemState state={node.state} />}
                  {node.marks.map((mark) => (
                    <MarkTag key={mark} mark={mark} />
                  ))}
                </li>
              ))}
            </ul>
            {used.hasNextPage && (
              <Button block loading={used.isFetchingNextPage} onClick={() => void used.fetchNextPage()}>
                {t('list.more')}
              </Button>
            )}
          </section>
        </div>
      )}
    </Page>
  );
}
