import { useQuery } from '@tanstack/react-query';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { listBatches } from '../../api/master';
import { Code } from '../../components/Code';
import type { Figures } from './figures';

const SOON_DAYS = 45;
const MOST = 5;

/** What wants to be looked at: goods held, goods waiting for inspection, batches about to expire. */
export function Notices({ figures }: { figures: Figures | undefined }) {
  const { t } = useTranslation();
  const until = dayjs().add(SOON_DAYS, 'day').format('YYYY-MM-DD');
  const batches = useQuery({
    queryKey: ['batches', 'soon', until],
    queryFn: ({ signal }) => listBatches({ expires_until: until, limit: MOST + 1 }, signal),
    staleTime: 60_000,
  });
  const soon = batches.data?.rows ?? [];
  const blocked = figures?.blocked ?? 0;
  const pending = figures?.pending ?? 0;
  const none = blocked === 0 && pending === 0 && soon.length === 0;
  return (
    <section className="card" aria-label={t('home.notices')}>
      <div className="card-head">
        <h2>{t('home.notices')}</h2>
      </div>
      <ul className="notices">
        {blocked > 0 && (
          <li>
            <i className="notice-red" />
            <Link to="/items?mark=held">{t('home.blocked', { count: blocked })}</Link>
          </li>
        )}
        {pending > 0 && (
          <li>
            <i className="notice-amber" />
            <Link to="/items?quality=pending">{t('home.pending', { count: pending })}</Link>
          </li>
        )}
        {soon.slice(0, MOST).map((batch) => {
          const left = dayjs(batch.expires_on).diff(dayjs().startOf('day'), 'day');
          return (
            <li key={`${batch.product} ${batch.code}`}>
              <i className={left < 0 ? 'notice-red' : 'notice-amber'} />
              <Link
                to={`/batches?open=${encodeURIComponent(batch.code)}&of=${encodeURIComponent(batch.product)}`}
              >
                <Code value={batch.code} copy={false} />{' '}
                {left < 0 ? t('home.expired', { days: -left }) : t('home.expires', { days: left })}
                <span className="hint"> {batch.product}</span>
              </Link>
            </li>
          );
        })}
        {soon.length > MOST && (
          <li>
            <Link to={`/batches?expires=${SOON_DAYS}`}>{t('home.moreBatches')}</Link>
          </li>
        )}
        {none && <li className="muted">{t('home.nothing')}</li>}
      </ul>
    </section>
  );
}
