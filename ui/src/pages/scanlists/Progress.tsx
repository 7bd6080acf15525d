import { useTranslation } from 'react-i18next';
import type { ScanListEntry } from './useScanList';

/** How many so far, of how many where the form says so. */
export function Progress({ entry }: { entry: ScanListEntry }) {
  const { t } = useTranslation();
  const { done, expected, info, waiting, offline } = entry;
  const left = expected === null ? 0 : expected - done;
  const share = expected === null || expected === 0 ? 0 : Math.min(1, done / expected);
  return (
    <div className="list-progress">
      <div className="list-figures">
        <b className="number" data-testid="scan-done">
          {done.toLocaleString()}
        </b>
        <span className="number list-of">
          {expected === null ? t('scanlists.pieces') : `/${expected.toLocaleString()}`}
        </span>
        <span className="grow" />
        {offline && <span className="list-offline">{t('scanlists.offline', { count: waiting })}</span>}
        {(info?.wrong ?? 0) > 0 && (
          <span className="list-wrong">{t('scanlists.wrongCount', { count: info?.wrong ?? 0 })}</span>
        )}
        {(info?.duplicates ?? 0) > 0 && (
          <span className="list-again">{t('scanlists.againCount', { count: info?.duplicates ?? 0 })}</span>
        )}
        {expected !== null && (
          <span className={left < 0 ? 'list-wrong' : left === 0 ? 'list-full' : 'muted'}>
            {left > 0
              ? t('scanlists.left', { count: left })
              : left === 0
                ? t('scanlists.complete')
                : t('scanlists.over', { count: -left })}
          </span>
        )}
      </div>
      {expected !== null && (
        <div className={share === 1 ? 'list-bar list-bar-full' : 'list-bar'} role="presentation">
          <span style={{ width: `${share * 100}%` }} />
        </div>
      )}
    </div>
  );
}
