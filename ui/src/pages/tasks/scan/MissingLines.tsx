import { useTranslation } from 'react-i18next';
import { Code } from '../../../components/Code';
import { Icon } from '../../../components/Icon';
import type { ScanInfo } from './calls';

/** What is to be scanned, what is missing first, each line with how far it is. */
export function MissingLines({ info }: { info: ScanInfo | null }) {
  const { t } = useTranslation();
  if (info === null || info.lines.length === 0) return null;
  const lines = [...info.lines].sort(
    (one, other) => Number(one.done >= one.expected) - Number(other.done >= other.expected),
  );
  return (
    <ul className="st-lines" aria-label={t('tasks.scan.missing')}>
      {lines.map((one) => {
        const left = one.expected - one.done;
        const full = left <= 0;
        return (
          <li key={one.line} className={full ? 'st-line st-line-full' : 'st-line'}>
            <span className="st-line-what">
              {one.item === null ? (
                <b className="mono">{one.product}</b>
              ) : (
                <Code value={one.item} copy={false} />
              )}
              {one.batch !== null && <span className="mono">{one.batch}</span>}
              <small>{one.product_name ?? one.title}</small>
              {one.place !== null && !full && <span className="mono st-place">{one.place}</span>}
            </span>
            <span className="st-line-figures">
              {one.item === null || one.expected !== 1 ? (
                <span className="number">
                  <b>{one.done.toLocaleString()}</b>/{one.expected.toLocaleString()}
                </span>
              ) : null}
              <small className={full ? 'list-full' : ''}>
                {full ? (
                  <>
                    <Icon name="check" size={14} /> {t('tasks.scan.lineDone')}
                  </>
                ) : (
                  t('tasks.scan.left', { count: left })
                )}
              </small>
            </span>
            {one.expected > 1 && (
              <span className={full ? 'list-bar list-bar-full' : 'list-bar'} role="presentation">
                <span style={{ width: `${Math.min(1, one.done / one.expected) * 100}%` }} />
              </span>
            )}
          </li>
        );
      })}
      {info.next !== null && <li className="st-line hint">{t('tasks.scan.moreLines')}</li>}
    </ul>
  );
}
