import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { segmentClass } from '../../components/SegmentedCode';
import type { Kinds, Part } from './calls';
import type { Placed } from './segments';
import { countedWords, kindOf, summary } from './segments';

interface SpecimenProps {
  segments: Placed[];
  parts: Part[];
  kinds: Kinds;
  chosen: number | null;
  onChoose: (id: number) => void;
}

const SIGN_WIDTH = 26;

function widthOfName(name: string): number {
  return Array.from(name).reduce((sum, sign) => sum + (sign > '\u00ff' ? 13 : 7.2), 0);
}

/** A code of the rule, as large as there is room, each part bracketed and named. */
export function Specimen({ segments, parts, kinds, chosen, onChoose }: SpecimenProps) {
  const { t } = useTranslation();
  const length = parts.reduce((sum, part) => sum + part.text.length, 0);
  // What the names under short parts need beyond the signs above them, and the space around each part.
  const room = parts.reduce((sum, part) => {
    const segment = segments[part.segment];
    const label = segment && kindOf(kinds, segment.body)?.label;
    const name = widthOfName(`${label ?? part.kind} ${t('codes.signs', { count: part.text.length })}`);
    return sum + 18 + Math.max(0, name - part.text.length * SIGN_WIDTH);
  }, 0);
  const style = { '--signs': length, '--room': `${room}px` } as CSSProperties;
  return (
    <div className="specimen">
      <ol className="specimen-row" style={style} aria-label={t('codes.specimen')}>
        {parts.map((part) => {
          const segment = segments[part.segment];
          if (segment === undefined) return null;
          const kind = kindOf(kinds, segment.body);
          return (
            <li key={segment.id}>
              <button
                type="button"
                className={`specimen-part ${segmentClass(part.kind)} ${segment.id === chosen ? 'specimen-chosen' : ''}`}
                onClick={() => onChoose(segment.id)}
                aria-pressed={segment.id === chosen}
              >
                <span className="specimen-text mono">{part.text}</span>
                <span className="specimen-bracket" aria-hidden="true" />
                <span className="specimen-name">
                  <b>{kind?.label ?? part.kind}</b> {t('codes.signs', { count: part.text.length })}
                </span>
                <span className="specimen-hint">
                  {part.kind === 'counter'
                    ? t('codes.counting', {
                        counted: countedWords(kinds, segment.body, t) || t('codes.inAll'),
                      })
                    : summary(kinds, segment.body)}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
