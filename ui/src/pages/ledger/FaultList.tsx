import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Fault } from './calls';

/** What is not as it was sealed, each with the way to the item that it is about. */
export function FaultList({ faults, count }: { faults: Fault[]; count: number }) {
  const { t } = useTranslation();
  if (faults.length === 0) return null;
  return (
    <>
      <ul className="ledger-faults" aria-label={t('ledger.faults', { count })}>
        {faults.slice(0, 200).map((fault, index) => (
          <li key={index}>
            <span>{fault.message}</span>
            {!/^\d*$/.test(fault.subject) && (
              <Link to={`/items/${encodeURIComponent(fault.subject)}`}>{t('ledger.toItem')} ›</Link>
            )}
          </li>
        ))}
      </ul>
      {count > Math.min(faults.length, 200) && (
        <p className="hint">{t('ledger.moreFaults', { count: count - Math.min(faults.length, 200) })}</p>
      )}
    </>
  );
}
