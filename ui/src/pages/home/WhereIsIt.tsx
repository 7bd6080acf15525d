import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Figures, Warehouse } from './figures';

const PARTS = [
  ['ready', 'ink'],
  ['underWay', 'teal'],
  ['waiting', 'dot-amber'],
  ['blocked', 'cinnabar'],
] as const;
const MOST = 8;

/** Bars, to scale, of what stands where and whether it may go. */
export function WhereIsIt({ warehouses, figures }: { warehouses: Warehouse[]; figures: Figures }) {
  const { t } = useTranslation();
  const longest = Math.max(1, ...warehouses.map((house) => house.total));
  const total = warehouses.reduce((sum, house) => sum + house.total, 0);
  return (
    <section className="card" aria-label={t('home.where')}>
      <div className="card-head">
        <h2>{t('home.where')}</h2>
        <span className="hint grow">
          {t('home.whereOf', {
            total: total.toLocaleString(),
            live: figures.live.toLocaleString(),
          })}
        </span>
        <span className="where-legend only-desk">
          {PARTS.map(([part, tone]) => (
            <span key={part} className="hint">
              <i style={{ background: `var(--${tone})` }} /> {t(`home.part.${part}`)}
            </span>
          ))}
        </span>
      </div>
      <ul className="where">
        {warehouses.slice(0, MOST).map((house) => (
          <li key={house.code}>
            <Link to={`/places?open=${encodeURIComponent(house.code)}`} className="where-row">
              <span className="where-name">{house.name}</span>
              <span className="where-bar" aria-hidden="true">
                {PARTS.map(([part, tone]) => (
                  <span
                    key={part}
                    style={{ width: `${(house[part] * 100) / longest}%`, background: `var(--${tone})` }}
                  />
                ))}
              </span>
              <b className="number">{house.total.toLocaleString()}</b>
              <span className="where-words muted">
                {PARTS.filter(([part]) => house[part] > 0)
                  .map(([part]) => `${t(`home.part.${part}`)} ${house[part].toLocaleString()}`)
                  .join('　')}
              </span>
            </Link>
          </li>
        ))}
        {warehouses.length === 0 && <li className="where-row muted">{t('home.nothingIn')}</li>}
      </ul>
    </section>
  );
}
