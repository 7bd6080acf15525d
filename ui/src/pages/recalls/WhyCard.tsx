import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Code } from '../../components/Code';
import type { Recall } from './calls';
import { getComparison } from './calls';

/** What the cruder way, by dates of making, would have called back: the same, needless ones, and missed ones. */
export function WhyCard({ recall }: { recall: Recall }) {
  const { t } = useTranslation();
  const found = useQuery({
    queryKey: ['recalls', 'one', recall.id, 'comparison'],
    queryFn: ({ signal }) => getComparison(recall.id, signal),
    staleTime: 5 * 60_000,
    retry: false,
  });
  const data = found.data;
  return (
    <section className="card recall-why" aria-label={t('recalls.why')}>
      <div className="card-head">
        <h2>{t('recalls.why')}</h2>
      </div>
      {found.isPending && <p className="recall-wait muted">{t('loading')}</p>}
      {found.isError && <p className="recall-wait muted">{t('recalls.whyNot')}</p>}
      {data !== undefined && <Bars data={data} />}
      <Quantities recall={recall} />
    </section>
  );
}

function Bars({ data }: { data: NonNullable<Awaited<ReturnType<typeof getComparison>>> }) {
  const { t } = useTranslation();
  const whole = Math.max(1, data.missed + data.shared + data.needless);
  const width = (count: number) => ({ width: `${(count * 100) / whole}%` });
  return (
    <div className="why">
      <p className="row">
        <b className="grow">{t('recalls.byParts')}</b>
        <b className="number why-number">{data.precise.toLocaleString()}</b>
      </p>
      <div className="why-bar">
        {data.missed > 0 && <span className="why-missed" style={width(data.missed)} />}
        <span className="why-both" style={width(data.shared)}>
          {data.shared.toLocaleString()}
        </span>
      </div>
      <p className="row">
        <span className="grow">
          <b>{t('recalls.byDates')}</b>{' '}
          <span className="hint">
            {data.from !== null && `${data.from.slice(5, 10)} – ${(data.to ?? '').slice(5, 10)}`}
          </span>
        </span>
        <b className="number why-number">{data.by_dates.toLocaleString()}</b>
      </p>
      <div className="why-bar">
        {data.missed > 0 && <span className="why-lost" style={width(data.missed)} />}
        <span className="why-both" style={width(data.shared)}>
          {data.shared.toLocaleString()}
        </span>
        {data.needless > 0 && (
          <span className="why-needless" style={width(data.needless)}>
            {t('recalls.needless', { count: data.needless.toLocaleString() })}
          </span>
        )}
      </div>
      {data.missed > 0 && (
        <>
          <p>
            <b className="recall-left">{t('recalls.missed', { count: data.missed })}</b>{' '}
            <span className="muted">{t('recalls.missedHow')}</span>
          </p>
          <ul className="why-codes">
            {data.missed_codes.slice(0, 6).map((code) => (
              <li key={code}>
                <Link to={`/items/${encodeURIComponent(code)}?tab=parts`}>
                  <Code value={code} copy={false} />
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

/** Batch goods in the scope that are in no unit: in store, held. */
function Quantities({ recall }: { recall: Recall }) {
  const { t } = useTranslation();
  if (recall.quantities.length === 0 && recall.parts === 0) return null;
  return (
    <div className="why-foot">
      {recall.parts > 0 && <p>{t('recalls.partsToo', { count: recall.parts })}</p>}
      {recall.quantities.slice(0, 5).map((row, index) => (
        <p key={index} className="row">
          <span className="mono">
            {row.product} {row.batch}
          </span>
          <span className="muted grow">{row.place}</span>
          <b className="number">{row.quantity.toLocaleString()}</b>
          {row.blocked && <span className="hint">{t('recalls.frozenStock')}</span>}
        </p>
      ))}
    </div>
  );
}
