import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import type { Drawing, Finding, Findings } from './calls';
import type { Spot } from './spot';
import type { Names } from './useNames';

interface FindingListProps {
  findings: Findings | undefined;
  drawing: Drawing;
  names: Names;
  onSpot: (spot: Spot) => void;
}

/** What the check says of the drawing: what stops it from being saved, what is only odd. */
export function FindingList({ findings, drawing, names, onSpot }: FindingListProps) {
  const { t } = useTranslation();
  if (findings === undefined) return <p className="hint lc-findings">{t('life_cycles.checking')}</p>;
  const { errors, warnings } = findings;
  if (errors.length + warnings.length === 0) {
    return (
      <p className="lc-findings lc-fine">
        <Icon name="check" size={16} /> {t('life_cycles.fine')}
      </p>
    );
  }
  return (
    <ul className="lc-findings" aria-live="polite">
      {[...errors, ...warnings].map((finding, index) => (
        <li
          key={index}
          className={index < errors.length ? 'lc-error' : 'lc-warning'}
          onPointerEnter={() => onSpot(spotOf(finding, drawing))}
          onPointerLeave={() => onSpot({})}
        >
          <Icon name={index < errors.length ? 'close' : 'warning'} size={16} />
          <div>
            <b>{names.inWords(finding.message)}</b>
            <p>{names.inWords(finding.advice)}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}

/** What a finding's pointer is about: `/states/3`, `/operations/receive/0/to`. */
export function spotOf(finding: Finding, drawing: Drawing): Spot {
  const [, part, key] = (finding.pointer ?? '').split('/');
  if (key === undefined) return {};
  if (part === 'operations') return { operation: key.replaceAll('~1', '/').replaceAll('~0', '~') };
  const state = drawing.states[Number(key)]?.code;
  return state === undefined ? {} : { state };
}
