import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import { useScans } from '../../scan/ScanContext';
import { AllLines } from './AllLines';
import { AnswerBox } from './AnswerBox';
import { LineRow } from './LineRow';
import { Progress } from './Progress';
import { ScanLine } from './ScanLine';
import './scanlists.css';
import { TakeMany } from './TakeMany';
import type { ScanListEntry } from './useScanList';

interface StationProps {
  entry: ScanListEntry;
  id?: string;
  label: string;
  disabled?: boolean;
  describedBy?: string | undefined;
  /** Fills the page of a phone. */
  full?: boolean;
  /** What stands above the answer, such as the picture of the camera. */
  above?: ReactNode;
}

/** Where things are scanned into a field: the answer, the counter, the line, the last five. */
export function Station({ entry, id, label, disabled, describedBy, full = false, above }: StationProps) {
  const { t } = useTranslation();
  const [many, setMany] = useState(false);
  const [all, setAll] = useState(false);
  const { info, recent } = entry;
  useScans((raw) => {
    if (!disabled) entry.scan(raw);
  });
  const onUndo = disabled ? undefined : (line: (typeof recent)[number]) => void entry.undo(line);
  return (
    <div className={full ? 'list-station list-station-full' : 'list-station'}>
      {above}
      <AnswerBox entry={entry} big={full} />
      <Progress entry={entry} />
      <div className="list-entry">
        <ScanLine
          {...(id !== undefined && { id })}
          label={label}
          onScan={entry.scan}
          busy={entry.waiting > 0}
          disabled={disabled === true}
          focused={full || entry.touched > 0 ? entry.touched : undefined}
          describedBy={describedBy}
        />
        <Button
          className="list-many"
          disabled={disabled === true}
          icon={<Icon name="list" />}
          onClick={() => setMany(true)}
          aria-label={t('scanlists.many.open')}
        >
          {full ? null : t('scanlists.many.open')}
        </Button>
      </div>
      {recent.length > 0 && (
        <ol className="list-rows" aria-label={t('scanlists.recent')}>
          {recent.map((line) => (
            <LineRow key={line.line} line={line} onUndo={onUndo} />
          ))}
        </ol>
      )}
      {info !== null && info.count + info.wrong + info.duplicates > 0 && (
        <button type="button" className="link-button list-all" onClick={() => setAll(true)}>
          {t(
            info.listed && info.expected !== null && info.expected > info.done
              ? 'scanlists.seeMissing'
              : 'scanlists.see',
            {
              count:
                info.listed && info.expected !== null ? Math.max(0, info.expected - info.done) : info.count,
            },
          )}
        </button>
      )}
      <TakeMany entry={entry} open={many} onClose={() => setMany(false)} />
      {info !== null && <AllLines info={info} open={all} onClose={() => setAll(false)} onUndo={onUndo} />}
    </div>
  );
}
