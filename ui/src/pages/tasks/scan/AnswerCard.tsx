import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Code } from '../../../components/Code';
import { Icon } from '../../../components/Icon';
import { StateDot } from '../../../components/StateDot';
import { useIsPhone } from '../../../components/useIsPhone';
import { usePersonNames } from '../../../flows/queries';
import { AnswerSign } from '../../scan/AnswerSign';
import '../../scan/board.css';
import { AskQuantity } from './AskQuantity';
import type { Told } from './desk';
import { passableAs } from './desk';
import { LetPass } from './LetPass';
import type { ScanTaskEntry } from './useScanTask';

const WORDS = { right: 'right', wrong: 'wrong', again: 'duplicate', ask: 'ask' } as const;

/** The answer to the last scan: its sign, one word, what was read, why, and what to do. */
export function AnswerCard({ entry, mayPass }: { entry: ScanTaskEntry; mayPass: boolean }) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const { told, paused, stopped } = entry.desk;
  if (told === null) {
    return (
      <section className="board board-idle st-answer" aria-live="polite">
        <Icon name={paused ? 'pause' : 'scan'} size={56} />
        <div>
          <b className="board-word">{t(paused ? 'tasks.scan.paused' : 'tasks.scan.wait')}</b>
          {!paused && <p>{t('tasks.scan.waitHow')}</p>}
        </div>
      </section>
    );
  }
  const warned = told.kind === 'right' && told.message !== '';
  const box = told.line?.answer === 'box';
  return (
    <section
      className={`board board-${told.kind} st-answer`}
      aria-live="assertive"
      key={told.at}
      data-answer={told.kind}
    >
      <div className="board-head">
        <AnswerSign kind={told.kind} size={phone ? 72 : 96} />
        <div className="board-say">
          <b className="board-word">{t(`tasks.scan.${WORDS[told.kind]}`)}</b>
          <span className="board-code">
            <Code value={told.line?.item ?? told.raw} size="large" copy={false} />
            {told.kind === 'right' && told.line !== null && (box || told.line.kind === 'goods') && (
              <span className="board-times mono">{t('tasks.scan.times', { count: told.line.quantity })}</span>
            )}
          </span>
          <Facts told={told} />
        </div>
      </div>
      {told.kind !== 'right' && told.message !== '' && <p className="board-reason">{told.message}</p>}
      {warned && (
        <p className="st-warned">
          <Icon name="warning" size={18} /> {told.message}
        </p>
      )}
      {told.kind === 'ask' && <AskQuantity entry={entry} />}
      {told.kind === 'wrong' && <WhatToDo entry={entry} told={told} mayPass={mayPass && stopped} />}
    </section>
  );
}

function WhatToDo({ entry, told, mayPass }: { entry: ScanTaskEntry; told: Told; mayPass: boolean }) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const { stopped } = entry.desk;
  const as = mayPass ? passableAs(told) : null;
  if (told.advice === '' && (phone || !stopped) && as === null) return null;
  return (
    <div className="board-todo">
      {told.advice !== '' && (
        <div>
          <span className="board-label">{t('tasks.scan.todo')}</span>
          <Steps advice={told.advice} />
        </div>
      )}
      {(as !== null || (stopped && !phone)) && (
        <div className="row">
          {stopped && !phone && (
            <>
              <Button type="primary" className="st-acknowledge" onClick={entry.acknowledge}>
                {t('tasks.scan.acknowledge')}
              </Button>
              <span className="board-next">{t('tasks.scan.acknowledgeKey')}</span>
              <span className="grow" />
            </>
          )}
          {as !== null && <LetPass entry={entry} as={as} />}
        </div>
      )}
    </div>
  );
}

/** What to do, a number for each sentence. */
function Steps({ advice }: { advice: string }) {
  const steps = advice
    .split(/(?<=[。；;])/)
    .map((one) => one.trim().replace(/[；;]$/, ''))
    .filter((one) => one !== '');
  if (steps.length < 2) return <p className="st-step">{advice}</p>;
  return (
    <ol className="st-steps">
      {steps.map((one, at) => (
        <li key={at}>
          <b className="number">{at + 1}</b>
          <span>{one}</span>
        </li>
      ))}
    </ol>
  );
}

function Facts({ told }: { told: Told }) {
  const { t } = useTranslation();
  const person = usePersonNames();
  const { line } = told;
  if (line === null) return null;
  return (
    <span className="board-facts">
      {line.answer === 'box' && <span>{t('tasks.scan.boxOf', { count: line.quantity })}</span>}
      {line.product !== null && <span className="mono">{line.product}</span>}
      {line.batch !== null && <span className="mono">{line.batch}</span>}
      {line.state !== null && <StateDot state={line.state} />}
      {line.place !== null && <span className="mono">{line.place}</span>}
      {told.kind === 'again' && line.by !== '' && (
        <span>{t('tasks.scan.by', { name: person(line.by) })}</span>
      )}
    </span>
  );
}
