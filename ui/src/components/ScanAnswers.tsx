import { useState } from 'react';
import { problemOf } from '../api/problem';
import { play } from '../scan/sounds';
import { Code } from './Code';
import { Icon } from './Icon';
import './answers.css';

/** One scan and what came of it. */
export interface Answered {
  id: number;
  code: string;
  answer: 'right' | 'wrong' | 'again' | 'sending';
  text: string;
}

/** What a scan led to, where it did not fail. */
export type Told = string | { again: string } | { wrong: string };

const MOST = 50;
let lastId = 0;

/**
 * Scans that are answered one by one, the newest first. `send` says what came of a code; what it throws is wrong, or,
 * where the refusal's code is among `again`, something that was scanned before.
 */
export function useAnswers(send: (code: string) => Promise<Told>, again: readonly string[] = []) {
  const [rows, setRows] = useState<Answered[]>([]);
  const take = async (raw: string) => {
    const code = raw.trim();
    if (code === '') return;
    lastId += 1;
    const id = lastId;
    const tell = (answer: Answered['answer'], text: string) => {
      setRows((before) =>
        [{ id, code, answer, text }, ...before.filter((row) => row.id !== id)].slice(0, MOST),
      );
      if (answer !== 'sending') play(answer);
    };
    tell('sending', '');
    try {
      const told = await send(code);
      if (typeof told === 'string') tell('right', told);
      else if ('again' in told) tell('again', told.again);
      else tell('wrong', told.wrong);
    } catch (error) {
      const problem = problemOf(error);
      const first = problem.errors?.[0];
      const text = [first?.message ?? problem.detail ?? problem.title, first?.advice ?? problem.advice];
      tell(again.includes(first?.code ?? problem.code) ? 'again' : 'wrong', text.filter(Boolean).join(' '));
    }
  };
  return { rows, take, clear: () => setRows([]) };
}

const ICONS = { right: 'check', wrong: 'close', again: 'info' } as const;

/** The answer to the last scan, large enough to be seen from the bench. */
export function AnswerBanner({ row, hint }: { row: Answered | undefined; hint: string }) {
  if (row === undefined || row.answer === 'sending') {
    return (
      <div className="answer-banner answer-none" role="status" aria-busy={row !== undefined}>
        <Icon name="scan" size={28} />
        <p>{row === undefined ? hint : row.code}</p>
      </div>
    );
  }
  return (
    <div className={`answer-banner answer-${row.answer}`} role="status">
      <Icon name={ICONS[row.answer]} size={28} />
      <div>
        <Code value={row.code} copy={false} />
        <p>{row.text}</p>
      </div>
    </div>
  );
}

/** The scans before the last one. */
export function AnswerList({ rows, label }: { rows: Answered[]; label: string }) {
  return (
    <ul className="answer-list" aria-label={label}>
      {rows.map((row) => (
        <li key={row.id}>
          <span className={`answer-mark answer-mark-${row.answer}`}>
            {row.answer !== 'sending' && <Icon name={ICONS[row.answer]} size={14} />}
          </span>
          <Code value={row.code} copy={false} /> <span className="muted">{row.text}</span>
        </li>
      ))}
    </ul>
  );
}
