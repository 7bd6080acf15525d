import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Code } from '../../../components/Code';
import { Icon } from '../../../components/Icon';
import { StateDot } from '../../../components/StateDot';
import { useIsPhone } from '../../../components/useIsPhone';
import { AnswerSign } from '../../scan/AnswerSign';
import '../../scan/board.css';
import type { Told } from './desk';
import type { ScanTaskEntry } from './useScanTask';

const WORDS = { right: 'right', wrong: 'wrong', again: 'duplicate' } as const;

/** The answer to the last scan: its sign, one word, what was read, why, and what to do. */
export function AnswerCard({ entry }: { entry: ScanTaskEntry }) {
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
            <Code value={told.reply?.item ?? told.raw} size="large" copy={false} />
            {told.reply !== null && told.reply.item === null && told.kind === 'right' && (
              <span className="board-times mono">
                {t('tasks.scan.times', { count: told.reply.quantity })}
              </span>
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
      {told.kind === 'wrong' && (
        <div className="board-todo">
          {told.advice !== '' && (
            <div>
              <span className="board-label">{t('tasks.scan.todo')}</span>
              <Steps advice={told.advice} />
            </div>
          )}
          {stopped && !phone && (
            <p className="row">
              <Button type="primary" className="st-acknowledge" onClick={entry.acknowledge}>
                {t('tasks.scan.acknowledge')}
              </Button>
              <span className="board-next">{t('tasks.scan.acknowledgeKey')}</span>
            </p>
          )}
        </div>
      )}
    </section>
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
          <b className="number">{at + 1}</b> {one}
        </li>
      ))}
    </ol>
  );
}

function Facts({ told }: { told: Told }) {
  const { reply } = told;
  if (reply === null) return null;
  return (
    <span className="board-facts">
      {reply.product !== null && <span className="mono">{reply.product}</span>}
      {reply.batch !== null && <span className="mono">{reply.batch}</span>}
      {reply.state !== null && <StateDot state={reply.state} />}
      {reply.place !== null && <span className="mono">{reply.place}</span>}
    </span>
  );
}
