import { useTranslation } from 'react-i18next';
import { Code } from '../../components/Code';
import { StateDot } from '../../components/StateDot';
import { AnswerSign } from '../scan/AnswerSign';
import '../scan/board.css';
import type { ScanListEntry, Told } from './useScanList';

/** The answer to the last scan: the largest thing in the field. */
export function AnswerBox({ entry, big }: { entry: ScanListEntry; big?: boolean }) {
  const { t } = useTranslation();
  const { told } = entry;
  const size = big ? 'list-answer list-answer-big' : 'list-answer';
  if (told === null) {
    return (
      <div className={`board ${size} board-idle`} aria-live="polite">
        <b className="board-word">{t('scanlists.ready')}</b>
        <p>{t('scanlists.readyHow')}</p>
      </div>
    );
  }
  const { line } = told;
  return (
    <div
      className={`board ${size} board-${told.kind}`}
      aria-live="assertive"
      key={told.at}
      data-answer={told.kind}
    >
      <div className="board-head">
        <AnswerSign kind={told.kind} size={big ? 72 : 56} />
        <div className="board-say">
          <b className="board-word">{t(`scanlists.said.${told.kind}`)}</b>
          <span className="list-answer-code">
            <Code value={line?.item ?? told.raw} copy={false} />
          </span>
          <What told={told} />
        </div>
      </div>
      {told.message !== '' && <p className="board-reason">{told.message}</p>}
      {told.kind === 'wrong' && <WhatToDo entry={entry} told={told} />}
    </div>
  );
}

function What({ told }: { told: Told }) {
  const { t } = useTranslation();
  const { line } = told;
  if (line === null) return null;
  const box = line.answer === 'box';
  return (
    <span className="board-facts">
      {box && <span>{t('scanlists.boxOf', { count: line.quantity })}</span>}
      {line.product !== null && <span className="mono">{line.product}</span>}
      {line.batch !== null && <span className="mono">{line.batch}</span>}
      {!box && line.item === null && told.kind === 'right' && <span className="mono">× {line.quantity}</span>}
      {line.state !== null && <StateDot state={line.state} />}
      {line.place !== null && <span className="mono">{line.place}</span>}
    </span>
  );
}

function WhatToDo({ entry, told }: { entry: ScanListEntry; told: Told }) {
  const { t } = useTranslation();
  const meant = told.line?.meant ?? [];
  return (
    <div className="board-todo list-todo">
      {told.advice !== '' && (
        <p>
          <span className="board-label">{t('scanlists.todo')}</span>
          {told.advice}
        </p>
      )}
      {meant.length > 0 && (
        <ul className="board-candidates" aria-label={t('scanlists.meant')}>
          {meant.map((code) => (
            <li key={code}>
              <button type="button" onClick={() => entry.scan(code)}>
                <Code value={code} copy={false} />
                <span>{t('scanlists.isIt')}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
