import { useTranslation } from 'react-i18next';
import type { Balance } from './calls';
import './rolls.css';

const PARTS = [
  ['bound', 'green'],
  ['spoiled', 'cinnabar'],
  ['missing', 'dot-amber'],
  ['open', 'teal'],
  ['ready', 'line'],
] as const;

/** Where the labels are now: every label in exactly one part of the bar. */
export function share(balance: Balance) {
  return {
    bound: balance.bound,
    spoiled: balance.spoiled + balance.spoiled_before,
    missing: balance.missing,
    open: balance.left - balance.missing,
    ready: balance.ready,
  };
}

/** The labels of a roll as one bar: bound, spoiled, passed over, outside, in store. */
export function BalanceBar({ balance, legend = false }: { balance: Balance; legend?: boolean }) {
  const { t } = useTranslation();
  const counts = share(balance);
  const words = PARTS.filter(([name]) => counts[name] > 0).map(
    ([name]) => `${t(`rolls.share.${name}`)} ${counts[name].toLocaleString()}`,
  );
  return (
    <div className="roll-balance">
      <div className="roll-bar" role="img" aria-label={words.join('，')} title={words.join('　')}>
        {PARTS.map(([name, colour]) => (
          <span
            key={name}
            style={{
              width: `${(counts[name] * 100) / Math.max(1, balance.made)}%`,
              background: `var(--${colour})`,
            }}
          />
        ))}
      </div>
      {legend && (
        <ul className="roll-legend">
          {PARTS.map(([name, colour]) => (
            <li key={name}>
              <i style={{ background: `var(--${colour})` }} aria-hidden="true" />
              <span className="muted">{t(`rolls.share.${name}`)}</span>{' '}
              <b className="number">{counts[name].toLocaleString()}</b>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
