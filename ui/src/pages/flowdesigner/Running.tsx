import { useTranslation } from 'react-i18next';
import type { Saving } from './useSaving';

/** What runs already, by version; it goes on as it began. */
export function Running({ saving }: { saving: Saving }) {
  const { t } = useTranslation();
  const { running, version } = saving;
  const counts = Object.entries(running).filter(([, count]) => count > 0);
  const whole = counts.reduce((sum, [, count]) => sum + count, 0);
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
      </dl>
      {saving.draft && version !== null && (
        <p className="hint">{t('flowdesigner.staysWith', { next: version + 1, count: whole, version })}</p>
      )}
    </section>
  );
}
