import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Button, Spin } from 'antd';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../../components/ProblemAlert';
import type { Count, CountGoods, CountPlace } from '../calls';
import { listGoods, listPlacesOf } from '../calls';
import type { DeskEntry } from './useCountDesk';

interface PlacesProps {
  count: Count;
  entry: DeskEntry;
  onGo?: () => void;
}

/** The places of a session in the order of their codes: how far each is, and what lies where one stands. */
export function Places({ count, entry, onGo }: PlacesProps) {
  const { t } = useTranslation();
  const here = entry.desk.place;
  const list = useInfiniteQuery({
    queryKey: ['counts', 'places', count.number],
    queryFn: ({ pageParam, signal }) => listPlacesOf(count.number, { after: pageParam, limit: 100 }, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  if (list.isPending) return <Spin className="table-wait" />;
  if (list.isError) return <ProblemAlert problem={list.error} onRetry={() => void list.refetch()} />;
  const rows = list.data.pages.flatMap((page) => page.rows);
  const again = new Set(count.again.map((one) => one.place));
  return (
    <div className="st-lines">
      <ul aria-label={t('counts.desk.placesOf')}>
        {rows.map((one) => (
          <li key={one.place}>
            <button
              type="button"
              className={one.place === here ? 'count-place count-place-here' : 'count-place'}
              aria-pressed={one.place === here}
              disabled={entry.desk.queue.length > 0}
              onClick={() => {
                entry.go(one.place);
                onGo?.();
              }}
            >
              <span className="count-place-name">
                <b className="mono">{one.place}</b>
                {one.name !== one.place && <span className="muted">{one.name}</span>}
                {again.has(one.place) && <span className="list-again">{t('counts.again')}</span>}
                {one.visited && one.scans === 0 && <span className="hint">{t('counts.desk.beenHere')}</span>}
              </span>
              <Figures place={one} blind={count.blind} />
            </button>
            {one.place === here && <Goods count={count} place={one.place} />}
          </li>
        ))}
      </ul>
      {rows.length === 0 && <p className="st-none hint">{t('counts.desk.placesNone')}</p>}
      {list.hasNextPage && (
        <Button block type="text" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('list.more')}
        </Button>
      )}
    </div>
  );
}

function Figures({ place, blind }: { place: CountPlace; blind: boolean }) {
  const { counted } = place;
  const expected = blind ? null : place.expected;
  return (
    <span className="number count-place-figures">
      <b>{counted.toLocaleString()}</b>
      {expected !== null && `/${expected.toLocaleString()}`}
    </span>
  );
}

function Goods({ count, place }: { count: Count; place: string }) {
  const { t } = useTranslation();
  const { data: told } = useQuery({
    queryKey: ['counts', 'goods', count.number, place],
    queryFn: async ({ signal }) => (await listGoods(count.number, place, signal)).goods,
    placeholderData: (before) => before,
  });
  if (told === undefined) return null;
  const data = count.blind ? told.filter((one) => one.counted > 0) : told;
  if (data.length === 0) return <p className="count-goods hint">{t('counts.desk.goodsNone')}</p>;
  return (
    <ul className="count-goods" aria-label={t('counts.desk.goodsAt', { place })}>
      {data.map((one: CountGoods) => (
        <li key={`${one.product} ${one.batch ?? ''}`}>
          <span className="count-place-name">
            <span>{one.name}</span>
            <span className="mono hint">
              {one.product} {one.batch}
            </span>
          </span>
          <span className="number count-place-figures">
            <b>{one.counted.toLocaleString()}</b>
            {!count.blind && one.expected !== null && `/${one.expected.toLocaleString()}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
