import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/whole';

/** One entry of the audit trail. */
export type Entry = Answer<'AuditEntry'>;

/** What nobody wants to read in a list: the browser's own name for itself. */
const NOISE = new Set(['agent']);

/** The fields that differ, old and new; of lists only what came and what went. */
export function Changes({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const names = [...new Set([...Object.keys(entry.before), ...Object.keys(entry.after)])];
  // Of something new, only what was filled in is worth a word.
  const fresh = Object.keys(entry.before).length === 0;
  const shown = (value: unknown): string => {
    if (isEmpty(value)) return '–';
    if (typeof value === 'boolean') return value ? t('yes') : t('no');
    if (Array.isArray(value)) return value.map(plain).join('、');
    return plain(value);
  };
  const changed = names.filter(
    (name) =>
      !NOISE.has(name) &&
      JSON.stringify(entry.before[name]) !== JSON.stringify(entry.after[name]) &&
      !(fresh && (isEmpty(entry.after[name]) || entry.after[name] === false)),
  );
  return (
    <ul className="audit-changes">
      {changed.map((name) => {
        const before = entry.before[name];
        const after = entry.after[name];
        return (
          <li key={name}>
            <span className="muted">{t(`audit.field.${name}`, { defaultValue: name })}</span>{' '}
            {Array.isArray(before) && Array.isArray(after) ? (
              <Difference gone={missing(before, after)} come={missing(after, before)} />
            ) : (
              <>
                {!fresh && (
                  <>
                    <del>{shown(before)}</del> →{' '}
                  </>
                )}
                <ins>{shown(after)}</ins>
              </>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function Difference({ gone, come }: { gone: string[]; come: string[] }) {
  return (
    <>
      {gone.map((one) => (
        <del key={one}>−{one} </del>
      ))}
      {come.map((one) => (
        <ins key={one}>+{one} </ins>
      ))}
    </>
  );
}

/** What the first list has and the second has not. */
export function missing(from: unknown[], other: unknown[]): string[] {
  const there = new Set(other.map(plain));
  return from.map(plain).filter((one) => !there.has(one));
}

/** A value in few words; a right with its place as right@place. */
function plain(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null && 'right' in value) {
    const { right, place } = value as { right: string; place?: string | null };
    return place === null || place === undefined ? right : `${right}@${place}`;
  }
  return JSON.stringify(value);
}

function isEmpty(value: unknown): boolean {
  return (
    value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  );
}
