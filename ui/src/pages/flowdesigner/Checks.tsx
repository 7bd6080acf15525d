import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import { ProblemAlert } from '../../components/ProblemAlert';
import { Tag } from '../../components/Tags';
import { useIsPhone } from '../../components/useIsPhone';
import type { Fault } from '../../flowdesigner/incomplete';
import { find, walk } from '../../flowdesigner/tree';
import { useDesk } from './desk';
import { Running } from './Running';
import { TrialNote } from './TrialNote';
import type { Saving } from './useSaving';

/** The tab of the settings that a place within a node belongs to. */
export function tabOf(pointer: string): string {
  const option = pointer.split('/')[2] ?? '';
  const tabs: Partial<Record<string, string>> = {
    ...{ fields: 'fields', buttons: 'buttons', due: 'due', sign: 'more', phrases: 'more' },
  };
  return tabs[option] ?? 'settings';
}

/** Floating at the left: what is missing before this can be published, and what runs already. */
export function Checks({ saving, onLeaveTrial }: { saving: Saving; onLeaveTrial: () => void }) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const { faults, tried } = useDesk();
  const [open, setOpen] = useState(false);
  const [shown, setShown] = useState(tried);
  if (shown !== tried) {
    // What a test run came to is what was asked for.
    setShown(tried);
    setOpen(tried !== null);
  }
  const hard = faults.filter((one) => one.hard).length;
  const badge =
    hard > 0 ? (
      <Tag tone="red">{t('flowdesigner.missing', { count: hard })}</Tag>
    ) : (
      <Tag tone="green">{t('flowdesigner.complete')}</Tag>
    );
  if (phone && !open) {
    return (
      <button type="button" className="fw-checks-chip" onClick={() => setOpen(true)}>
        {tried === null ? (
          <>
            {t('flowdesigner.check')} {badge}
          </>
        ) : (
          t('flowdesigner.trialSteps')
        )}
      </button>
    );
  }
  return (
    <div className={tried === null ? 'fw-panels' : 'fw-panels fw-trying'}>
      {tried !== null && (
        <TrialNote tried={tried} onLeave={onLeaveTrial} {...(phone && { onHide: () => setOpen(false) })} />
      )}
      <section className="fw-panel" aria-label={t('flowdesigner.check')} hidden={tried !== null}>
        <header>
          <h2>{t('flowdesigner.check')}</h2>
          {badge}
          {phone && (
            <button type="button" className="fw-link" onClick={() => setOpen(false)}>
              {t('close')}
            </button>
          )}
        </header>
        <FaultList onJump={() => setOpen(false)} />
        <ProblemAlert problem={saving.checkError} />
      </section>
      {tried === null && <Running saving={saving} />}
    </div>
  );
}

const SHOWN = 6;

/** What is incomplete, each with the way there; then what is in order. */
export function FaultList({ onJump, hints = true }: { onJump: () => void; hints?: boolean }) {
  const { t } = useTranslation();
  const { board, faults, open } = useDesk();
  const [all, setAll] = useState(false);
  const hard = faults.filter((one) => one.hard);
  const soft = hints ? alike(faults.filter((one) => !one.hard)) : [];
  const told = [...hard.map((one) => [one]), ...soft];
  const shown = all ? told : told.slice(0, SHOWN);
  const steps = walk(board.present).filter((one) => one.kind !== 'branch' && one.kind !== 'parallel');
  const left = steps.filter((one) => !faults.some((fault) => fault.node === one.id)).length;
  return (
    <ul className="fw-faults">
      {shown.map((several, at) => (
        <FaultLine
          key={at}
          faults={several}
          onJump={(one) => {
            open(one.node, tabOf(one.pointer));
            onJump();
          }}
        />
      ))}
      {told.length > shown.length && (
        <li>
          <button type="button" className="fw-link" onClick={() => setAll(true)}>
            {t('showAll', { count: told.length })}
          </button>
        </li>
      )}
      {hints && (
        <li className="fw-fault-good">
          <Icon name="check" size={16} />
          <span>
            <b>{t(told.length === 0 ? 'flowdesigner.allGood' : 'flowdesigner.others', { count: left })}</b>
            <small>{t('flowdesigner.othersHow')}</small>
          </span>
        </li>
      )}
    </ul>
  );
}

/** Hints of which one says the same of several steps, together. */
function alike(hints: readonly Fault[]): Fault[][] {
  const found = new Map<string, Fault[]>();
  for (const one of hints) found.set(one.message, [...(found.get(one.message) ?? []), one]);
  return [...found.values()];
}

interface FaultLineProps {
  /** The same fault, of one step or of several. */
  faults: readonly Fault[];
  onJump: (fault: Fault) => void;
}

function FaultLine({ faults, onJump }: FaultLineProps) {
  const { t } = useTranslation();
  const { board } = useDesk();
  const [first] = faults;
  if (first === undefined) return null;
  const { hard } = first;
  const titleOf = (one: Fault) => {
    const title = find(board.present, one.node)?.title ?? '';
    return title === '' ? t('flowdesigner.untitled') : title;
  };
  const way = (one: Fault, words: string) => (
    <button
      key={`${one.node} ${one.pointer}`}
      type="button"
      className="fw-link"
      aria-label={t(hard ? 'flowdesigner.fixOf' : 'flowdesigner.seeOf', { name: titleOf(one) })}
      onClick={() => onJump(one)}
    >
      {words}
    </button>
  );
  return (
    <li className={hard ? 'fw-fault-hard' : 'fw-fault-hint'}>
      <Icon name={hard ? 'warning' : 'info'} size={16} />
      <span>
        <b>{faults.length === 1 ? titleOf(first) : t('flowdesigner.steps_', { count: faults.length })}</b>
        <small title={first.advice}>{first.message}</small>
        {faults.length > 1 && (
          <small className="fw-fault-steps">{faults.map((one) => way(one, titleOf(one)))}</small>
        )}
      </span>
      {faults.length === 1 && way(first, t(hard ? 'flowdesigner.fix' : 'flowdesigner.see'))}
    </li>
  );
}
