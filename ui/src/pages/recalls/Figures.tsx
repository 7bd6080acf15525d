import dayjs from 'dayjs';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import type { Recall } from './calls';
import { clockText } from './statuses';

/** The two figures of a recall – located and handled – with the curve and, in a rehearsal, the clock. */
export function Figures({ recall }: { recall: Recall }) {
  const { t } = useTranslation();
  const left = recall.total - recall.handled;
  const widest = Math.max(1, recall.total);
  return (
    <section className="card recall-figures" aria-label={t('recalls.figures')}>
      <div className="recall-figure">
        <h2>{t('recalls.located')}</h2>
        <p className="recall-big number">
          <b>{recall.located.toLocaleString()}</b>
          <span>/{recall.total.toLocaleString()}</span>
        </p>
        {recall.located >= recall.total && (
          <p className="recall-good">
            <Icon name="check" size={14} />{' '}
            {t('recalls.allFound', { seconds: (recall.clock.located ?? 0).toFixed(1) })}
          </p>
        )}
      </div>
      <div className="recall-figure recall-handled">
        <div className="row">
          <h2 className="grow">{t('recalls.handledAll')}</h2>
          {left > 0 && <span className="recall-left">{t('recalls.left', { count: left })}</span>}
        </div>
        <p className="recall-big number">
          <b data-testid="effectiveness">{recall.effectiveness.toFixed(1)}%</b>
          <span>
            {recall.handled.toLocaleString()}/{recall.total.toLocaleString()}
          </span>
          <span className="recall-legend hint">
            <i className="legend-done" /> {t('recalls.done')} <i className="legend-open" />{' '}
            {t('recalls.undone')}
          </span>
        </p>
        <div
          className="recall-stack"
          role="img"
          aria-label={t('recalls.handledShare', { percent: recall.effectiveness })}
        >
          {recall.by_state.map((row) => (
            <span
              key={row.state}
              className={`stack-part hue-${row.state}`}
              style={{ width: `${(row.total * 100) / widest}%` }}
              title={`${row.handled}/${row.total}`}
            >
              <i style={{ width: `${row.percent}%` }} />
            </span>
          ))}
        </div>
      </div>
      <Curve recall={recall} />
      <Clock recall={recall} />
    </section>
  );
}

const WIDTH = 220;
const HEIGHT = 64;

/** How the handled ones have grown, day by day, against the line to reach. */
function Curve({ recall }: { recall: Recall }) {
  const { t } = useTranslation();
  const start = dayjs(recall.opened_at).startOf('day');
  const end = recall.closed_at === null ? dayjs() : dayjs(recall.closed_at);
  const days = Math.max(1, end.startOf('day').diff(start, 'day'));
  const sum = recall.handled;
  const points = [[0, 0] as [number, number]];
  for (const one of recall.curve) {
    const day = Math.min(days, Math.max(0, dayjs(one.day).startOf('day').diff(start, 'day')));
    points.push([day, one.handled]);
  }
  points.push([days, sum]);
  const x = (day: number) => (day * (WIDTH - 8)) / days + 4;
  const y = (count: number) => HEIGHT - 4 - (count * (HEIGHT - 12)) / Math.max(1, recall.total);
  const line = points.map(([day, count]) => `${x(day)},${y(count)}`).join(' ');
  return (
    <figure className="recall-figure recall-curve">
      <figcaption className="hint">{t('recalls.toHandle', { count: recall.total })}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
        <line className="curve-goal" x1="0" x2={WIDTH} y1={y(recall.total)} y2={y(recall.total)} />
        <polygon className="curve-area" points={`${x(0)},${HEIGHT - 4} ${line} ${x(days)},${HEIGHT - 4}`} />
        <polyline className="curve-line" points={line} />
        <circle className="curve-end" cx={x(days)} cy={y(sum)} r="4" />
      </svg>
      <p className="row hint">
        <span className="grow">{t('recalls.openedOn', { day: start.format('MM-DD') })}</span>
        {recall.closed_at === null ? t('recalls.today', { day: days }) : end.format('MM-DD')}
      </p>
    </figure>
  );
}

/** The time taken: running while a rehearsal is open, split by its steps. */
function Clock({ recall }: { recall: Recall }) {
  const { t } = useTranslation();
  const running = recall.mock && recall.state === 'open';
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!running) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [running]);
  const { clock } = recall;
  const taken = running ? (now - Date.parse(recall.opened_at)) / 1000 : clock.elapsed;
  const inTime = clock.limit === null || taken <= clock.limit;
  const steps = [
    { step: 'located', seconds: clock.located },
    { step: 'held', seconds: clock.held },
    { step: 'listed', seconds: clock.listed },
    { step: 'answered', seconds: clock.answered },
  ];
  return (
    <div className="recall-figure recall-clock">
      <h2>{t(recall.mock ? 'recalls.mockClock' : 'recalls.clock')}</h2>
      <p className="recall-time number" role="timer" aria-label={t('recalls.clock')}>
        {taken > 100 * 3600 ? t('recalls.days', { count: Math.floor(taken / 86_400) }) : clockText(taken)}
      </p>
      {clock.limit !== null && (
        <p className={inTime ? 'recall-good' : 'recall-left'}>
          {t(inTime ? 'recalls.inTime' : 'recalls.late')}{' '}
          <span className="muted">
            {t('recalls.limit', { day: dayjs(recall.deadline).format('MM-DD HH:mm') })}
          </span>
        </p>
      )}
      <dl>
        {steps
          .filter((one) => one.seconds !== null)
          .map((one) => (
            <div key={one.step}>
              <dt>{t(`recalls.step.${one.step}`)}</dt>
              <dd className="number">
                {(one.seconds ?? 0) > 48 * 3600
                  ? t('recalls.days', { count: Math.round((one.seconds ?? 0) / 86_400) })
                  : clockText(one.seconds ?? 0)}
              </dd>
            </div>
          ))}
      </dl>
    </div>
  );
}
