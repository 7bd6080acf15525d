import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Code } from '../../components/Code';
import { Icon } from '../../components/Icon';
import { StateDot } from '../../components/StateDot';
import { AnswerSign } from './AnswerSign';
import type { ScanDesk } from './desk';
import type { Candidate, ScanRow } from './model';
import { QuantityPrompt } from './QuantityPrompt';
import { useStore } from './useDesk';
import type { Answer } from './world';

/** The answer to the last scan: the largest thing on the page. */
export function AnswerBoard({ desk, number }: { desk: ScanDesk; number: number }) {
  const { t, i18n } = useTranslation();
  const { answer, asking, draft } = useStore(desk);
  const slot = desk.slot();
  const asked = asking === null ? undefined : draft.rows.find((row) => row.id === asking);
  if (answer === null) {
    return (
      <section className="board board-idle" aria-live="polite">
        <Icon name="scan" size={56} />
        <div>
          <b className="board-word">{t('scan.board.wait')}</b>
          <p>
            {slot === null
              ? t('scan.board.waitHow')
              : t('scan.board.waitSlot', { slot: i18n.language === 'en' ? slot.en : slot.zh })}
          </p>
        </div>
      </section>
    );
  }
  const { row } = answer;
  const mixed = answer.kind === 'wrong' && answer.text?.key === 'pasted';
  return (
    <section className={`board board-${answer.kind}`} aria-live="assertive" key={answer.at}>
      <div className="board-head">
        <AnswerSign kind={answer.kind} size={96} />
        <div className="board-say">
          {answer.kind === 'note' && answer.text ? (
            <>
              <p>{t('scan.board.note')}</p>
              <b className="board-word">{t(`scan.note.${answer.text.key}`, answer.text.values)}</b>
            </>
          ) : (
            <>
              <b className="board-word">{t(`scan.board.${mixed ? 'mixed' : answer.kind}`)}</b>
              <Sentence answer={answer} />
            </>
          )}
        </div>
        {row && <time className="board-time mono">{new Date(row.at).toTimeString().slice(0, 8)}</time>}
      </div>
      {row && <WhatItIs row={row} number={answer.kind === 'right' ? number : null} />}
      {asked?.goods && <QuantityPrompt desk={desk} row={asked} key={asked.id} />}
      {(answer.kind === 'wrong' || answer.kind === 'ask') && row && <WhatToDo desk={desk} row={row} />}
    </section>
  );
}

function Sentence({ answer }: { answer: Answer }) {
  const { t, i18n } = useTranslation();
  if (answer.text) {
    const { key, values } = answer.text;
    const named = {
      ...values,
      ...('zh' in values && { slot: i18n.language === 'en' ? values['en'] : values['zh'] }),
    };
    return <p className="board-reason">{t(`scan.note.${key}`, named)}</p>;
  }
  if (answer.kind === 'unchecked') return <p className="board-reason">{t('scan.board.uncheckedHow')}</p>;
  const reason = answer.row?.reason;
  return reason === undefined ? null : <p className="board-reason">{reason.message}</p>;
}

function WhatItIs({ row, number }: { row: ScanRow; number: number | null }) {
  const { t } = useTranslation();
  const { thing, goods } = row;
  return (
    <div className="board-what">
      <span className="board-code">
        {(row.status === 'wrong' || row.status === 'ask') && (
          <span className="board-label">{t('scan.board.read')}</span>
        )}
        <Code value={goods?.product ?? thing?.code ?? row.raw} size="large" copy={false} />
        {goods && <span className="board-times mono">× {goods.quantity}</span>}
      </span>
      <span className="board-facts">
        {goods?.batch != null && <span className="mono">{goods.batch}</span>}
        {thing && (
          <>
            <span>{thing.product ?? t('scan.package')}</span>
            {thing.state !== null && <StateDot state={thing.state} />}
            {thing.place !== null && <span className="mono">{thing.place}</span>}
          </>
        )}
        {number !== null && !goods && <span>{t('scan.board.nth', { number: number.toLocaleString() })}</span>}
      </span>
    </div>
  );
}

function WhatToDo({ desk, row }: { desk: ScanDesk; row: ScanRow }) {
  const { t } = useTranslation();
  const advice = row.reason?.advice;
  const { place } = row;
  return (
    <div className="board-todo">
      {advice != null && advice !== '' && (
        <p>
          <span className="board-label">{t('scan.board.todo')}</span>
          {advice}
        </p>
      )}
      {row.candidates && row.status === 'wrong' && <p className="board-label">{t('scan.board.near')}</p>}
      {row.candidates && (
        <ul className="board-candidates" aria-label={t('scan.board.which')}>
          {row.candidates.map((candidate, index) => (
            <li key={index}>
              <button
                type="button"
                autoFocus={row.status === 'ask' && index === 0}
                onClick={() => desk.choose(row.id, candidate)}
              >
                <CandidateFace candidate={candidate} read={row.raw} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {place !== undefined && (
        <button type="button" className="board-choice" onClick={() => desk.moveAll(row.id, place)}>
          {t('scan.board.moveAll', { place })}
        </button>
      )}
      <p className="row">
        <span className="board-next">{t('scan.board.next')}</span>
        <span className="grow" />
        {row.thing && (
          <Link className="board-life" to={`/items/${encodeURIComponent(row.thing.code)}`}>
            {t('scan.board.life')}
          </Link>
        )}
      </p>
    </div>
  );
}

function CandidateFace({ candidate, read }: { candidate: Candidate; read: string }) {
  const { t } = useTranslation();
  if ('goods' in candidate) {
    return (
      <>
        <Code value={candidate.goods.product} copy={false} />
        <span className="mono">{candidate.goods.batch}</span>
      </>
    );
  }
  const { thing } = candidate;
  const near = thing.code.length === read.length && thing.code !== read;
  return (
    <>
      {near ? <Differing code={thing.code} from={read} /> : <Code value={thing.code} copy={false} />}
      <span>{thing.product ?? t('scan.package')}</span>
      {thing.state !== null && <StateDot state={thing.state} />}
      {typeof thing.ref !== 'string' && thing.ref.namespace !== 'own' && <span>{thing.ref.namespace}</span>}
    </>
  );
}

/** A code with every character that differs from another one marked. */
function Differing({ code, from }: { code: string; from: string }) {
  return (
    <span className="mono board-diff">
      {Array.from(code).map((sign, at) => (sign === from[at] ? sign : <mark key={at}>{sign}</mark>))}
    </span>
  );
}
