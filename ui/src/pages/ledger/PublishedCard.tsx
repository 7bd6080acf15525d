import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { Tag } from '../../components/Tags';
import type { Seals } from './calls';

/** Where checkpoints are kept outside, what was sent last, and what fails. */
export function PublishedCard({ seals }: { seals: Seals }) {
  const { t } = useTranslation();
  return (
    <section className="card" aria-label={t('ledger.published.title')}>
      <div className="card-head">
        <h2>{t('ledger.published.title')}</h2>
        <span className="hint">{t('ledger.published.how')}</span>
      </div>
      {seals.published.length === 0 ? (
        <p className="ledger-body muted">{t('ledger.published.none')}</p>
      ) : (
        <ul className="ledger-keys">
          {seals.published.map((one) => (
            <li key={one.channel}>
              <span className="row">
                <b>{t(`ledger.published.channel.${one.channel}`)}</b>
                <span className="mono grow">{one.to}</span>
                <Tag tone={one.trouble !== null ? 'red' : one.number === null ? 'grey' : 'green'}>
                  {t(
                    one.trouble !== null
                      ? 'ledger.published.failing'
                      : one.number === null
                        ? 'ledger.published.notYet'
                        : 'ledger.published.kept',
                  )}
                </Tag>
              </span>
              <span className="hint">
                {one.at !== null &&
                  t('ledger.published.last', {
                    number: one.number,
                    at: dayjs(one.at).format('YYYY-MM-DD HH:mm'),
                  })}
                {one.trouble !== null && (
                  <span className="ledger-bad">
                    {' '}
                    {dayjs(one.failed_at).format('MM-DD HH:mm')} {one.trouble} {t('ledger.published.again')}
                  </span>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
