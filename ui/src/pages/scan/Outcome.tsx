import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useNamed } from '../../api/operations';
import { Code } from '../../components/Code';
import { ProblemAlert } from '../../components/ProblemAlert';
import { AnswerSign } from './AnswerSign';
import type { ScanDesk } from './desk';
import type { Summary } from './summary';
import { useStore } from './useDesk';

const SHOWN = 8;

/** What came of the last posting while nothing was scanned since: done, refused with a choice, or not answered. */
export function Outcome({ desk, sum }: { desk: ScanDesk; sum: Summary }) {
  const { draft, done } = useStore(desk);
  if (draft.pending !== null) return <Unanswered desk={desk} />;
  if (done !== null) return <DonePanel desk={desk} />;
  return sum.refused > 0 ? <RefusedPanel desk={desk} sum={sum} /> : null;
}

/** Whether the outcome takes the place of the board. */
export function outcomeLeads(desk: ScanDesk, sum: Summary): boolean {
  const { draft, done, posting, fresh } = desk.state;
  if (draft.pending !== null) return !posting;
  return fresh && (done !== null || sum.refused > 0);
}

/** What stands in the way, beside the board. */
export function Obstacles({ desk, sum }: { desk: ScanDesk; sum: Summary }) {
  const { problem, full, fresh, done } = useStore(desk);
  const { t } = useTranslation();
  const rest = problem?.errors ?? [];
  return (
    <>
      {full && <ProblemAlert problem={{ title: t('scan.full'), status: 0, code: 'full' }} />}
      {problem !== null && (sum.refused === 0 || rest.length > 0) && <ProblemAlert problem={problem} />}
      {sum.refused > 0 && (!fresh || done !== null) && (
        <div className="card refused-strip">
          <span>{t('scan.refused.left', { count: sum.refused.toLocaleString() })}</span>
          <RefusedChoices desk={desk} sum={sum} />
        </div>
      )}
    </>
  );
}

function DonePanel({ desk }: { desk: ScanDesk }) {
  const { t } = useTranslation();
  const named = useNamed();
  const { done } = useStore(desk);
  if (done === null) return null;
  const rest = done.codes.length - SHOWN;
  const pieces = done.accepted - done.lines;
  const what = [
    (pieces > 0 || done.lines === 0) && t('scan.countPieces', { count: pieces }),
    done.lines > 0 && t('scan.countLines', { count: done.lines }),
  ].filter((one) => one !== false);
  return (
    <section className="board board-right board-done" aria-live="assertive">
      <div className="board-head">
        <AnswerSign kind={done.accepted > 0 ? 'right' : 'wrong'} size={96} />
        <div className="board-say">
          <b className="board-word">
            {t('scan.done.title', { operation: named(desk.kind), what: what.join(t('scan.lack.and')) })}
          </b>
          <p className="board-reason">
            {done.event !== null && t('scan.done.event', { event: done.event })}
            {done.refused > 0 && ` ${t('scan.done.refused', { count: done.refused })}`}
          </p>
        </div>
      </div>
      {done.codes.length > 0 && (
        <div className="board-todo">
          <span className="board-label">{t('scan.done.lives')}</span>
          <ul className="board-links">
            {done.codes.slice(0, SHOWN).map((code) => (
              <li key={code}>
                <Link to={`/items/${encodeURIComponent(code)}`}>
                  <Code value={code} copy={false} />
                </Link>
              </li>
            ))}
            {rest > 0 && <li className="muted">{t('scan.done.more', { count: rest.toLocaleString() })}</li>}
          </ul>
          <p className="board-next">{t('scan.done.next')}</p>
        </div>
      )}
    </section>
  );
}

function RefusedPanel({ desk, sum }: { desk: ScanDesk; sum: Summary }) {
  const { t } = useTranslation();
  const named = useNamed();
  return (
    <section className="board board-wrong" aria-live="assertive">
      <div className="board-head">
        <AnswerSign kind="wrong" size={96} />
        <div className="board-say">
          <b className="board-word">{t('scan.refused.title')}</b>
          <p className="board-reason">
            {t('scan.refused.how', { count: sum.refused.toLocaleString(), operation: named(desk.kind) })}
          </p>
        </div>
      </div>
      <div className="board-todo">
        <RefusedChoices desk={desk} sum={sum} />
      </div>
    </section>
  );
}

function RefusedChoices({ desk, sum }: { desk: ScanDesk; sum: Summary }) {
  const { t } = useTranslation();
  const { draft, posting } = useStore(desk);
  const good = sum.pieces + sum.lines - sum.refused;
  const bad = draft.rows.filter((row) => row.status === 'refused').map((row) => row.id);
  return (
    <div className="board-choices">
      {desk.shape.rows === 'items' && good > 0 && (
        <Button type="primary" size="large" loading={posting} onClick={() => void desk.post('partial')}>
          {t('scan.refused.partial', { count: good.toLocaleString() })}
        </Button>
      )}
      <Button size="large" disabled={posting} onClick={() => desk.remove(bad)}>
        {t('scan.refused.remove', { count: bad.length.toLocaleString() })}
      </Button>
      <Button size="large" disabled={posting} onClick={() => void desk.post('all')}>
        {t('scan.refused.again')}
      </Button>
    </div>
  );
}

function Unanswered({ desk }: { desk: ScanDesk }) {
  const { t } = useTranslation();
  const { problem } = useStore(desk);
  return (
    <section className="board board-unchecked" aria-live="assertive">
      <div className="board-head">
        <AnswerSign kind="unchecked" size={96} />
        <div className="board-say">
          <b className="board-word">{t('scan.unanswered.title')}</b>
          <p className="board-reason">{problem?.detail ?? problem?.title}</p>
          <p>{t('scan.unanswered.how')}</p>
        </div>
      </div>
      <div className="board-todo board-choices">
        <Button type="primary" size="large" onClick={() => void desk.post('all')}>
          {t('scan.unanswered.again')}
        </Button>
      </div>
    </section>
  );
}
