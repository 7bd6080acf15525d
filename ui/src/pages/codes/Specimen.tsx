import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { segmentClass } from '../../components/SegmentedCode';
import type { Kinds, Part } from './calls';
import type { Placed } from './segments';
import { fieldLabel, kindOf, summary, wordOf } from './segments';

interface SpecimenProps {
  segments: Placed[];
  parts: Part[];
  kinds: Kinds;
  chosen: number | null;
  onChoose: (id: number) => void;
}

/** A code of the rule, as large as there is room, each part bracketed and named. */
export function Specimen({ segments, parts, kinds, chosen, onChoose }: SpecimenProps) {
  const { t } = useTranslation();
  const length = parts.reduce((sum, part) => sum + part.text.length, 0);
  const style = { '--signs': length, '--gaps': parts.length } as CSSProperties;
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
                  {part.kind === 'counter' ? countingWords(kinds, segment, t) : summary(kinds, segment.body)}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
    </div>
  );
}

type Say = (key: string, options?: Record<string, unknown>) => string;

/** 每日每产线从 0001 起. */
function countingWords(kinds: Kinds, { body }: Placed, t: Say): string {
  const per = Array.isArray(body['per']) ? (body['per'] as string[]) : [];
  const reset = wordOf(body, 'reset', 'never');
  const words = per.map((name) => t('codes.perField', { field: fieldLabel(kinds, name) })).join('');
  return t(`codes.counting.${reset}`, { per: words });
}
