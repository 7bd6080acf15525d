import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Figures } from './figures';

interface Cell {
  key: string;
  value: number;
  of: number;
  to: string;
  below: string;
  tone: 'border' | 'ink' | 'teal' | 'violet' | 'dot-amber';
}

/** The figures of all pieces, each with what it is a part of. */
export function FigureStrip({ figures }: { figures: Figures }) {
  const { t } = useTranslation();
  const n = (value: number) => value.toLocaleString();
  const { before, house, ready, channel, shipped, sold, service, inRepair, live } = figures;
  const cells: Cell[] = [
    {
      key: 'before',
      value: before,
      of: live,
      to: '/items?state=coded',
      below: t('home.beforeHint'),
      tone: 'border',
    },
    {
      key: 'house',
      value: house,
      of: live,
      to: '/stock',
      below: t('home.houseOf', { ready: n(ready), rest: n(house - ready) }),
      tone: 'ink',
    },
    {
      key: 'channel',
      value: channel,
      of: live,
      to: '/items?state=shipped',
      below: t('home.channelOf', { shipped: n(shipped), dealer: n(channel - shipped) }),
      tone: 'teal',
    },
    {
      key: 'sold',
      value: sold,
      of: live,
      to: '/items?state=sold',
      below: t('home.soldHint'),
      tone: 'violet',
    },
    {
      key: 'service',
      value: service,
      of: live,
      to: '/items?state=in_repair',
      below: t('home.serviceOf', { repair: n(inRepair), returned: n(service - inRepair) }),
      tone: 'dot-amber',
    },
  ];
  return (
    <section className="card figures" aria-label={t('home.figures')}>
      {cells.map((cell) => (
        <Link key={cell.key} to={cell.to} className="figure">
          <span className="muted">{t(`home.figure.${cell.key}`)}</span>
          <span className="figure-value">
            <b>{n(cell.value)}</b>{' '}
            <span>
              / {n(cell.of)} <span className="only-desk">{t('home.pieces')}</span>
            </span>
          </span>
          <span className="figure-below">{cell.below}</span>
          <span className="bar" aria-hidden="true">
            <span
              style={{
                width: `${(cell.value * 100) / Math.max(1, cell.of)}%`,
                background: `var(--${cell.tone})`,
              }}
            />
          </span>
        </Link>
      ))}
    </section>
  );
}
