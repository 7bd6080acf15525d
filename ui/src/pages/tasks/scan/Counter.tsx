import { useTranslation } from 'react-i18next';
import type { ScanTaskEntry } from './useScanTask';

/** How many of how many, together with everybody who scans the same task. */
export function Counter({ entry }: { entry: ScanTaskEntry }) {
  const { t } = useTranslation();
  const { info, desk } = entry;
  if (info === null) return null;
  const { done } = info;
  const expected = info.free ? null : info.expected;
  const left = expected === null ? 0 : expected - done;
  const share = expected === null || expected === 0 ? 0 : Math.min(1, done / expected);
  return (
    <div className="st-counter">
      <div className="st-figures">
        <b className="number" data-testid="scan-done">
          {done.toLocaleString()}
        </b>
        <span className="number st-of">
          {expected === null ? t('tasks.scan.pieces') : `/${expected.toLocaleString()}`}
        </span>
        <span className="grow" />
        {expected !== null && (
          <span className={left < 0 ? 'list-wrong' : left === 0 ? 'list-full' : 'st-left-word'}>
            {left > 0
              ? t('tasks.scan.left', { count: left })
              : left === 0
                ? t('tasks.scan.full')
                : t('tasks.scan.over', { count: -left })}
          </span>
        )}
      </div>
      {expected !== null && (
        <div className={share === 1 ? 'list-bar list-bar-full' : 'list-bar'} role="presentation">
          <span style={{ width: `${share * 100}%` }} />
        </div>
      )}
      {(desk.queue.length > 0 || info.wrong > 0 || info.duplicates > 0) && (
        <p className="st-more">
          {desk.offline && (
            <b className="list-again">{t('tasks.scan.offline', { count: desk.queue.length })}</b>
          )}
          {info.wrong > 0 && (
            <span className="list-wrong">{t('tasks.scan.wrongCount', { count: info.wrong })}</span>
          )}
          {info.duplicates > 0 && (
            <span className="list-again">{t('tasks.scan.againCount', { count: info.duplicates })}</span>
          )}
        </p>
      )}
    </div>
  );
}
