import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { LifeEvent } from '../../api/items';
import { Code } from '../../components/Code';
import { Replaced } from './Graph';
import type { Lane } from './lanes';
import { staysAt } from './lanes';

interface PartsSideProps {
  lanes: Lane[];
  built: string | null;
  moment: number;
  now: number;
  events: LifeEvent[];
  name: (product: string | null) => string;
}

/** What changed: the replaced parts at three moments, and each replacement. */
export function PartsSide({ lanes, built, moment, now, events, name }: PartsSideProps) {
  const { t } = useTranslation();
  const changed = lanes.filter((lane) => lane.changed).slice(0, 4);
  const moments = [
    ...(built === null ? [] : [{ at: Date.parse(built), label: t('genealogy.built') }]),
    ...(moment < now ? [{ at: moment, label: dayjs(moment).format('MM-DD') }] : []),
    { at: now, label: t('genealogy.now') },
  ];
  const swaps = events.filter((event) => event.operation === 'swap');
  return (
    <aside className="life-side">
      {changed.map((lane) => (
        <section
          key={lane.slot}
          className="card"
          aria-label={t('genealogy.moments', { part: name(lane.slot) })}
        >
          <div className="card-head">
            <h2>{t('genealogy.moments', { part: name(lane.slot) })}</h2>
          </div>
          <dl className="moments">
            {moments.map((one) => (
              <div key={one.label} className={one.at === moment ? 'moment-here' : ''}>
                <dt>{one.label}</dt>
                <dd>
                  {staysAt(lane, one.at).map((stay) => (
                    <span key={stay.step.node.code} className="moment-part">
                      <Code value={stay.step.node.code} />
                      {stay.step.node.batch !== null && (
                        <span className="hint mono">{stay.step.node.batch}</span>
                      )}
                    </span>
                  ))}
                  {staysAt(lane, one.at).length === 0 && (
                    <span className="muted">{t('genealogy.empty')}</span>
                  )}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      {swaps.length > 0 && (
        <section className="card" aria-label={t('genealogy.swaps')}>
          <div className="card-head">
            <h2>{t('genealogy.swaps')}</h2>
            <span className="hint">{t('genealogy.times', { count: swaps.length })}</span>
          </div>
          <ol className="swaps">
            {swaps.map((event) => (
              <li key={event.seq}>
                <div className="row">
                  <span className="mono hint">{dayjs(event.occurred_at).format('MM-DD HH:mm')}</span>
                  <span className="mono hint">{event.document}</span>
                  <span className="grow" />
                  <span className="hint">{event.actor}</span>
                </div>
                <Replaced out={partName(event.data['out'])} into={partName(event.data['in'])} />
                {typeof event.data['reason'] === 'string' && <p className="hint">{event.data['reason']}</p>}
              </li>
            ))}
          </ol>
        </section>
      )}
    </aside>
  );
}

/** What a component of a request is called, whichever way it was named. */
export function partName(part: unknown): string {
  if (typeof part === 'string') return part;
  if (typeof part !== 'object' || part === null) return '';
  const named = part as Record<string, unknown>;
  if ('item' in named) return partName(named['item']);
  for (const key of ['identifier', 'code', 'batch', 'product']) {
    if (typeof named[key] === 'string') return named[key];
  }
  return '';
}
