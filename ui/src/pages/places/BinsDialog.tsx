import { Alert, Input, Modal, Progress, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Place } from '../../api/master';
import { PLACE_KINDS } from '../../api/master';
import type { ProblemItem } from '../../api/problem';
import { problemOf } from '../../api/problem';
import { ProblemLine } from '../../components/ProblemAlert';
import { createPlace } from './calls';
import { expand, MOST } from './expand';

const START = 'A-[01-05]-[1-4]';

/** Making many bins at once from a pattern. */
export function BinsDialog({ parent, onClose }: { parent: string | null; onClose: () => void }) {
  const { t } = useTranslation();
  const [pattern, setPattern] = useState(START);
  const [kind, setKind] = useState<Place['kind']>('bin');
  const [done, setDone] = useState<number | null>(null);
  const [faults, setFaults] = useState<ProblemItem[]>([]);
  const codes = expand(pattern.trim());
  const close = () => {
    setDone(null);
    setFaults([]);
    onClose();
  };

  const make = async () => {
    setDone(0);
    const failed: ProblemItem[] = [];
    for (const [index, code] of (codes ?? []).entries()) {
      try {
        await createPlace({ code, name: code, kind, parent, active: true });
      } catch (error) {
        // One that exists already does not keep the others from being made.
        const problem = problemOf(error);
        failed.push({ code: problem.code, item: code, message: problem.detail ?? problem.title });
      }
      setDone(index + 1);
    }
    setFaults(failed);
    if (failed.length === 0) close();
  };

  const busy = done !== null && done < (codes?.length ?? 0);
  return (
    <Modal
      open={parent !== null}
      title={t('places.binsTitle', { code: parent ?? '' })}
      onCancel={close}
      onOk={() => void make()}
      okText={t('places.make', { count: codes?.length ?? 0 })}
      cancelText={t('close')}
      okButtonProps={{
        disabled: codes === null || codes.length === 0 || pattern.trim() === '',
        loading: busy,
      }}
      destroyOnHidden
    >
      <div className="stack">
        <label>
          <p>{t('places.pattern')}</p>
          <Input className="mono" value={pattern} onChange={(event) => setPattern(event.target.value)} />
          <p className="hint">{t('places.patternHint')}</p>
        </label>
        <label>
          <p>{t('kind')}</p>
          <Select
            value={kind}
            onChange={setKind}
            style={{ width: '100%' }}
            options={PLACE_KINDS.map((value) => ({ value, label: t(`placeKind.${value}`) }))}
          />
        </label>
        {codes === null ? (
          <Alert type="warning" showIcon title={t('places.badPattern', { most: MOST })} />
        ) : (
          <p>
            {t('places.example', { count: codes.length })}{' '}
            <span className="mono">
              {codes.slice(0, 3).join('  ')} {codes.length > 3 && `… ${codes.at(-1) ?? ''}`}
            </span>
          </p>
        )}
        {done !== null && codes && <Progress percent={Math.floor((done * 100) / codes.length)} />}
        {faults.length > 0 && (
          <ul>
            {faults.map((fault) => (
              <li key={fault.item}>
                <ProblemLine error={fault} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </Modal>
  );
}
