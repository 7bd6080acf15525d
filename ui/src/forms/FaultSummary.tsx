import { Alert } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../components/ProblemAlert';
import type { Faults } from './faults';

interface FaultSummaryProps {
  faults: Faults;
  prefix: string;
  /** Bring a place in sight that may be folded away. */
  onReveal?: (place: string) => void;
}

const FOCUSED = 'input:not([disabled]), textarea:not([disabled]), button:not([disabled]), [tabindex="0"]';

/** Everything that is wrong, on top of the form; a click leads to the field. */
export function FaultSummary({ faults, prefix, onReveal }: FaultSummaryProps) {
  const { t } = useTranslation();
  const top = useRef<HTMLDivElement>(null);
  const known = useRef(0);
  const found = faults.list.length + (faults.rest === null ? 0 : 1);
  useEffect(() => {
    // Only what was just found draws the eyes up, not what is left after a correction.
    if (found > known.current) {
      top.current?.scrollIntoView({ block: 'start' });
      // The keyboard goes on from here: Enter leads to the first field.
      top.current?.querySelector<HTMLElement>('li button')?.focus({ preventScroll: true });
    }
    known.current = found;
  }, [found]);
  const go = (place: string) => {
    onReveal?.(place);
    // What was folded away is on the page with the next picture.
    requestAnimationFrame(() => requestAnimationFrame(() => lead(place, prefix)));
  };
  return (
    <div ref={top} className="fault-top">
      {faults.list.length > 0 && (
        <Alert
          className="problem fault-summary"
          type="error"
          showIcon
          title={t('fields.faults', { count: faults.list.length })}
          description={
            <ul>
              {faults.list.map((one, place) => (
                <li key={place}>
                  <button type="button" onClick={() => go(one.place)}>
                    {!one.message.includes(`“${one.title}”`) && <b>{one.title}</b>}
                    <span>{one.message}</span>
                  </button>
                </li>
              ))}
            </ul>
          }
        />
      )}
      <ProblemAlert problem={faults.rest} />
    </div>
  );
}

function lead(place: string, prefix: string): void {
  const code = place.split('/')[1] ?? '';
  const box =
    document.getElementById(`${prefix}${place.replaceAll('/', '-')}`) ??
    document.getElementById(`${prefix}-${code}`) ??
    document.querySelector<HTMLElement>(`[data-field="${CSS.escape(code)}"]`);
  if (box === null) return;
  box.scrollIntoView({ block: 'center' });
  const control = box.matches(FOCUSED) ? box : box.querySelector<HTMLElement>(FOCUSED);
  (control ?? box).focus();
}
