import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Code } from '../../components/Code';
import { Icon } from '../../components/Icon';
import { useIsPhone } from '../../components/useIsPhone';
import { AnswerSign } from '../scan/AnswerSign';
import { StartedLine } from './StartedLine';
import type { StationEntry } from './useStation';

/** The answer to the last scan: its sign, one word, what was read, what was started, or why not and what to do. */
export function Answer({ entry }: { entry: StationEntry }) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const { told, stopped, offline, queue } = entry.desk;
  const last = queue.at(-1);
  if (offline && last !== undefined) {
    // What was answered before must not look like the answer to what waits.
    return (
      <section className="board board-unchecked st-answer" aria-live="assertive">
        <div className="board-head">
          <AnswerSign kind="unchecked" size={phone ? 72 : 96} />
          <div className="board-say">
            <b className="board-word">{t('station.kept')}</b>
            <span className="board-code">
              <Code value={last.raw} size="large" copy={false} />
            </span>
          </div>
        </div>
        <p className="board-reason">{t('station.offline', { count: queue.length })}</p>
      </section>
    );
  }
  if (told === null) {
    return (
      <section className="board board-idle st-answer" aria-live="polite">
        <Icon name="scan" size={56} />
        <div>
          <b className="board-word">{t('station.wait')}</b>
          <p>{t('station.waitHow')}</p>
        </div>
      </section>
    );
  }
  const wrong = told.kind === 'wrong';
  return (
    <section
      className={`board board-${told.kind} st-answer${queue.length > 0 && !stopped ? ' station-sending' : ''}`}
      aria-live="assertive"
      key={told.key}
      data-answer={told.kind}
    >
      <div className="board-head">
        <AnswerSign kind={told.kind} size={phone ? 72 : 96} />
        <div className="board-say">
          <b className="board-word">{t(`station.said.${told.kind}`)}</b>
          <span className="board-code">
            <Code value={told.raw} size="large" copy={false} />
          </span>
        </div>
      </div>
      {wrong && <p className="board-reason">{told.message}</p>}
      {!wrong && told.message !== '' && (
        <p className="st-warned">
          <Icon name="warning" size={18} /> {told.message}
        </p>
      )}
      {(!wrong || told.advice !== '' || stopped) && (
        <div className="board-todo">
          {!wrong && (
            <ul className="station-started">
              {told.started
                .filter((one) => (one.id ?? one.running) !== null)
                .map((one) => (
                  <li key={`${one.app}/${one.flow}`}>
                    <StartedLine one={one} big />
                  </li>
                ))}
            </ul>
          )}
          {told.advice !== '' && (
            <div>
              <span className="board-label">{t('tasks.scan.todo')}</span>
              <p className="st-step">{told.advice}</p>
            </div>
          )}
          {stopped && (
            <div className="row">
              <Button type="primary" className="st-acknowledge" onClick={entry.acknowledge}>
                {t('tasks.scan.acknowledge')}
              </Button>
              <span className="board-next only-desk">{t('tasks.scan.acknowledgeKey')}</span>
            </div>
          )}
        </div>
      )}
    </section>
  );
}
