import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { find } from '../../flowdesigner/tree';
import { getFigures } from './calls';
import { useDesk } from './desk';
import type { Saving } from './useSaving';

const MOST = 6;

/** What runs already, by version; it goes on as it began. */
export function Running({ saving }: { saving: Saving }) {
  const { t } = useTranslation();
  const { app, flow, board } = useDesk();
  const { running, version } = saving;
  const counts = Object.entries(running).filter(([, count]) => count > 0);
  const whole = counts.reduce((sum, [, count]) => sum + count, 0);
  // Who may not see figures sees how many run all the same.
  const figures = useQuery({
    queryKey: ['flow-design', app, flow, 'figures'],
    queryFn: ({ signal }) => getFigures(app, flow, signal),
    enabled: whole > 0,
    retry: false,
  });
  const waiting = (figures.data?.nodes ?? []).filter((one) => one.waiting > 0).slice(0, MOST);
  if (whole === 0) return null;
  return (
    <section className="fw-panel" aria-label={t('flowdesigner.running')}>
      <header>
        <h2>{t('flowdesigner.running')}</h2>
      </header>
      <dl>
        {counts.map(([number, count]) => (
          <div key={number}>
            <dt>{t('flowdesigner.byVersion', { version: number })}</dt>
            <dd className="number">{count.toLocaleString()}</dd>
          </div>
        ))}
        {waiting.map((one) => (
          <div key={one.node}>
            <dt>{t('flowdesigner.standsAt', { name: find(board.present, one.node)?.title ?? one.title })}</dt>
            <dd className="number">{one.waiting.toLocaleString()}</dd>
          </div>
        ))}
      </dl>
      {saving.draft && version !== null && (
        <p className="hint">{t('flowdesigner.staysWith', { next: version + 1, count: whole, version })}</p>
      )}
    </section>
  );
}
