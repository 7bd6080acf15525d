import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Code } from '../../../components/Code';
import { Icon } from '../../../components/Icon';
import { useIsPhone } from '../../../components/useIsPhone';
import { AnswerSign } from '../../scan/AnswerSign';
import '../../scan/board.css';
import { Amend } from './Amend';
import type { Told, ToldKind } from './desk';
import type { DeskEntry } from './useCountDesk';

/** The colour and the shape of an answer: amber is written down and doubtful, red is not counted. */
const LOOKS: Record<ToldKind, { board: string; sign: 'right' | 'wrong' | 'again' | 'ask' | 'note' }> = {
  right: { board: 'right', sign: 'right' },
  place: { board: 'note', sign: 'note' },
  noted: { board: 'again', sign: 'note' },
  unknown: { board: 'again', sign: 'ask' },
  again: { board: 'again', sign: 'again' },
  wrong: { board: 'wrong', sign: 'wrong' },
};

/** The answer to the last scan, the largest thing on the page: its sign, one word, what was read, why, what to do. */
export function CountAnswer({ entry }: { entry: DeskEntry }) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const { told, paused, place } = entry.desk;
  if (told === null) {
    const word = paused ? 'paused' : place === null ? 'waitPlace' : 'wait';
    return (
      <section className="board board-idle st-answer" aria-live="polite">
        <Icon name={paused ? 'pause' : 'scan'} size={56} />
        <div>
          <b className="board-word">{t(`counts.desk.${word}`)}</b>
          {!paused && <p>{t(`counts.desk.${word}How`, { place })}</p>}
        </div>
      </section>
    );
  }
  const { board, sign } = LOOKS[told.kind];
  const shown =
    told.kind === 'place' ? (place ?? told.raw) : (told.line?.item ?? told.line?.product ?? told.raw);
  return (
    <section
      className={`board board-${board} st-answer`}
      aria-live="assertive"
      key={told.at}
      data-answer={told.kind}
    >
      <div className="board-head">
        <AnswerSign kind={sign} size={phone ? 72 : 96} />
        <div className="board-say">
          <b className="board-word">{t(`counts.desk.${told.kind}`)}</b>
          <span className="board-code">
            <Code value={shown} size="large" copy={false} />
            <Times told={told} />
          </span>
          <Facts told={told} />
        </div>
      </div>
      {told.message !== '' && told.kind !== 'right' && <p className="board-reason">{told.message}</p>}
      {told.kind === 'right' && told.box === null && told.message !== '' && (
        <p className="st-warned">
          <Icon name="warning" size={18} /> {told.message}
        </p>
      )}
      {told.line !== null && told.line.counted && told.line.item === null && told.line.product !== null && (
        <Amend entry={entry} line={told.line} ask={told.ask} />
      )}
      <WhatToDo entry={entry} told={told} />
    </section>
  );
}

function Times({ told }: { told: Told }) {
  const { t } = useTranslation();
  const { line } = told;
  const goods = line !== null && line.counted && line.item === null && line.product !== null;
  const many = told.box ?? (goods ? line.quantity : null);
  if (many === null) return null;
  return <span className="board-times mono">{t('counts.desk.times', { count: many })}</span>;
}

function Facts({ told }: { told: Told }) {
  const { t } = useTranslation();
  const { line } = told;
  if (line === null) return null;
  return (
    <span className="board-facts">
      {line.item !== null && line.product !== null && <span className="mono">{line.product}</span>}
      {line.batch !== null && <span className="mono">{line.batch}</span>}
      {line.place !== null && <span>{t('counts.desk.at', { place: line.place })}</span>}
    </span>
  );
}

function WhatToDo({ entry, told }: { entry: DeskEntry; told: Told }) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const { stopped } = entry.desk;
  if (told.kind === 'place' || told.kind === 'right') return null;
  if (told.advice === '' && (phone || !stopped)) return null;
  return (
    <div className="board-todo">
      {told.advice !== '' && (
        <div>
          <span className="board-label">{t('counts.desk.todo')}</span>
          <p className="st-step">{told.advice}</p>
        </div>
      )}
      {stopped && !phone && (
        <div className="row">
          <Button type="primary" className="st-acknowledge" onClick={entry.acknowledge}>
            {t('counts.desk.acknowledge')}
          </Button>
          <span className="board-next">{t('counts.desk.acknowledgeKey')}</span>
        </div>
      )}
    </div>
  );
}
