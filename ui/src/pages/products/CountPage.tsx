import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, Progress, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { Page } from '../../components/Page';
import { ProblemAlert } from '../../components/ProblemAlert';
import { AnswerBanner, AnswerList, useAnswers } from '../../components/ScanAnswers';
import { ScanBox } from '../../components/ScanBox';
import { useScans } from '../../scan/ScanContext';
import { StockLines } from './StockLines';
import './tracking.css';
import type { TrackingCount } from './tracking';
import { bindCodes, cancelCount, finishCount, getCount } from './tracking';

/** A count in which every piece gets its code by scan, until the product can be tracked by serial numbers. */
export function CountPage() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const count = useQuery({
    queryKey: ['products', 'count', id],
    queryFn: ({ signal }) => getCount(id, signal),
  });
  return (
    <Page title={t('products.track.count')} beside={count.data?.product}>
      {count.isPending && <Skeleton active />}
      {count.isError && <ProblemAlert problem={count.error} />}
      {count.isSuccess && <Counting count={count.data} />}
    </Page>
  );
}

function Counting({ count }: { count: TrackingCount }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const id = String(count.id);
  const [chosen, setChosen] = useState<number | null>(null);
  const next = count.lines.find((line) => line.bound < line.quantity);
  const line = chosen ?? next?.line ?? count.lines[0]?.line;
  const bound = count.lines.reduce((sum, one) => sum + one.bound, 0);
  const total = count.lines.reduce((sum, one) => sum + one.quantity, 0);
  const refresh = () => queries.invalidateQueries({ queryKey: ['products', 'count', id] });
  const back = async (words: string) => {
    void message.success(words);
    await queries.invalidateQueries({ queryKey: ['products'] });
    void navigate(`/products?open=${encodeURIComponent(count.product)}`, { replace: true });
  };
  const { rows, take } = useAnswers(async (code) => {
    if (line === undefined) return { wrong: t('products.track.noLine') };
    const answer = await bindCodes(id, line, [code]);
    const refused = answer.refused[0];
    await refresh();
    if (refused !== undefined) return { wrong: [refused.message, refused.advice].filter(Boolean).join(' ') };
    return answer.accepted === 0 ? { again: t('products.track.again') } : t('products.track.bound');
  });
  useScans((raw) => void take(raw));
  const finish = useMutation({
    mutationFn: () => finishCount(id),
    onSuccess: (done) => back(t('products.track.finished', { count: done.count })),
  });
  const cancel = useMutation({
    mutationFn: () => cancelCount(id),
    onSuccess: () => back(t('products.track.cancelled')),
  });
  if (count.state !== 'open') return <p className="muted">{t(`products.track.state.${count.state}`)}</p>;
  return (
    <div className="track">
      <section className="card track-form stack">
        <ScanBox
          size="big"
          autoFocus
          placeholder={t('products.track.scanHere')}
          onScan={(raw) => void take(raw)}
        />
        <AnswerBanner row={rows[0]} hint={t('products.track.scanHow')} />
        <p className="row">
          <b className="track-big number">
            {bound.toLocaleString()}/{total.toLocaleString()}
          </b>
          <span className="muted">{t('products.track.left_', { count: total - bound })}</span>
        </p>
        <Progress percent={total === 0 ? 0 : Math.floor((bound * 100) / total)} strokeColor="var(--green)" />
        <ProblemAlert problem={finish.error ?? cancel.error} />
        <div className="row">
          <Button
            type="primary"
            disabled={bound < total}
            loading={finish.isPending}
            onClick={() => finish.mutate()}
          >
            {t('products.track.finish')}
          </Button>
          <Button danger loading={cancel.isPending} onClick={() => cancel.mutate()}>
            {t('products.track.cancel')}
          </Button>
        </div>
        <AnswerList rows={rows.slice(1, 12)} label={t('products.track.scanned')} />
      </section>
      <section className="card">
        <div className="card-head">
          <h2>{t('products.track.lines')}</h2>
          <span className="hint">{t('products.track.linesHow')}</span>
        </div>
        <StockLines
          lines={count.lines}
          label={t('products.track.lines')}
          {...(line !== undefined && { chosen: line })}
          onChoose={setChosen}
        />
      </section>
    </div>
  );
}
