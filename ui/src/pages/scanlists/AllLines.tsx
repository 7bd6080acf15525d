import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useIsPhone } from '../../components/useIsPhone';
import type { Said, ScanLineInfo, ScanListInfo } from './calls';
import { exportLines, findLines, findMissing, undoAnswers } from './calls';
import { LineRow } from './LineRow';
import './scanlists.css';

type Sieve = 'right' | 'wrong' | 'duplicate' | 'missing';

interface AllLinesProps {
  info: ScanListInfo;
  open: boolean;
  onClose: () => void;
  /** Only where the list is scanned into. */
  onUndo?: ((line: ScanLineInfo) => void) | undefined;
}

/** Every line of a list, read page by page, sieved by what was said to it. */
export function AllLines({ info, open, onClose, onUndo }: AllLinesProps) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const queries = useQueryClient();
  const [sieve, setSieve] = useState<Sieve>('right');
  const figures: Record<Sieve, number | null> = {
    right: info.count,
    wrong: info.wrong,
    duplicate: info.duplicates,
    missing: info.expected === null ? null : Math.max(0, info.expected - info.done),
  };
  const sieves = (['right', 'wrong', 'duplicate', 'missing'] as const).filter(
    (one) => one === 'right' || one === sieve || (one === 'missing' ? info.listed : figures[one] !== 0),
  );
  const clear = async () => {
    await undoAnswers(info.id, [sieve as Said]);
    await queries.invalidateQueries({ queryKey: ['scan-lists', info.id] });
  };
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={t('scanlists.all', { count: info.count })}
      size={phone ? '100%' : 640}
      placement={phone ? 'bottom' : 'right'}
      destroyOnHidden
      extra={<Button onClick={() => void exportLines(info.id)}>{t('scanlists.export')}</Button>}
    >
      <div className="list-sieves" role="group" aria-label={t('filter')}>
        {sieves.map((one) => (
          <button
            key={one}
            type="button"
            className={`list-sieve list-sieve-${one}`}
            aria-pressed={one === sieve}
            onClick={() => setSieve(one)}
          >
            {t(`scanlists.sieve.${one}`)} <span className="number">{figures[one]?.toLocaleString()}</span>
          </button>
        ))}
        <span className="grow" />
        {onUndo && (sieve === 'wrong' || sieve === 'duplicate') && (
          <Button size="small" onClick={() => void clear()}>
            {t('scanlists.clear')}
          </Button>
        )}
      </div>
      {sieve === 'missing' ? (
        <MissingItems id={info.id} />
      ) : (
        <Lines key={sieve} id={info.id} said={sieve} onUndo={onUndo} />
      )}
    </Drawer>
  );
}

interface LinesProps {
  id: string;
  said: Said;
  onUndo?: ((line: ScanLineInfo) => void) | undefined;
}

function Lines({ id, said, onUndo }: LinesProps) {
  const { t } = useTranslation();
  const list = useInfiniteQuery({
    queryKey: ['scan-lists', id, 'lines', said],
    queryFn: ({ pageParam, signal }) =>
      findLines(
        id,
        { said: [said], limit: 100, ...(pageParam !== undefined && { after: pageParam }) },
        signal,
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  if (list.isPending) return <Spin className="table-wait" />;
  if (list.isError) return <ProblemAlert problem={list.error} onRetry={() => void list.refetch()} />;
  const lines = list.data.pages.flatMap((page) => page.lines);
  if (lines.length === 0) return <p className="muted list-none">{t('scanlists.none')}</p>;
  return (
    <>
      <ol className="list-rows list-rows-all">
        {lines.map((line) => (
          <LineRow key={line.line} line={line} onUndo={onUndo} />
        ))}
      </ol>
      {list.hasNextPage && (
        <Button block loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('list.more')}
        </Button>
      )}
    </>
  );
}

function MissingItems({ id }: { id: string }) {
  const { t } = useTranslation();
  const list = useInfiniteQuery({
    queryKey: ['scan-lists', id, 'missing'],
    queryFn: ({ pageParam, signal }) => findMissing(id, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next ?? undefined,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (list.isPending) return <Spin className="table-wait" />;
  if (items.length === 0) return <p className="muted list-none">{t('scanlists.complete')}</p>;
  return (
    <>
      <ol className="list-rows list-rows-all">
        {items.map((one) => (
          <li key={one.item} className="list-row">
            <span className="list-row-sign" />
            <span className="list-row-code mono">{one.item}</span>
            <span className="list-row-what">
              <span className="mono">{one.product}</span>
              <span className="mono">{one.place}</span>
            </span>
          </li>
        ))}
      </ol>
      {list.hasNextPage && (
        <Button block loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t('list.more')}
        </Button>
      )}
    </>
  );
}
