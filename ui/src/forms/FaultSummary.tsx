import { Alert } from 'antd';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../components/ProblemAlert';
import type { Faults } from './faults';

/** Everything that is wrong, on top of the form; a click leads to the field. */
export function FaultSummary({ faults, prefix }: { faults: Faults; prefix: string }) {
  const { t } = useTranslation();
  const top = useRef<HTMLDivElement>(null);
  const known = useRef(0);
  const found = faults.list.length + (faults.rest === null ? 0 : 1);
  useEffect(() => {
    // Only what was just found draws the eyes up, not what is left after a correction.
    if (found > known.current) top.current?.scrollIntoView({ block: 'start' });
    known.current = found;
  }, [found]);
  const go = (place: string) => {
    const code = place.split('/')[1] ?? '';
    const box = document.getElementById(`${prefix}${place.replaceAll('/', '-')}`);
    const control = box ?? document.getElementById(`${prefix}-${code}`);
    control?.scrollIntoView({ block: 'center' });
    control?.focus();
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
