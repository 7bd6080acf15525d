import type { EditorField } from './fields';
import type { Parsed } from './calls';
import type { Word } from './reading';
import { unitsAt, wordsOf } from './reading';

interface PaintedProps {
  formula: string;
  fields: readonly EditorField[];
  /** Where what is proposed is written; null where nothing is. */
  caret: number | null;
  problems: Parsed['problems'];
}

/** The colours behind the text area: the same letters at the same places. */
export function Painted({ formula, fields, caret, problems }: PaintedProps) {
  const wrong = problems.map((one) => {
    const start = unitsAt(formula, one.start);
    return { start, end: Math.max(unitsAt(formula, one.end), start + 1) };
  });
  const known = new Set(fields.flatMap((one) => [one.code, one.title]));
  const parts = wordsOf(formula).flatMap((word) => cut(word, wrong));
  return (
    <div className="fe-paint" aria-hidden="true">
      {parts.map((part) => (
        <span key={part.start} className={classOf(part, known)}>
          {part.start === caret && <i className="fe-caret" />}
          {part.text}
        </span>
      ))}
      {/* A line of its own at the end is as high as in the text area. */}
      <span>
        {caret === formula.length && <i className="fe-caret" />}
        {'\u200b'}
      </span>
    </div>
  );
}

interface Part extends Word {
  wrong: boolean;
}

/** A word in pieces, so that what is wrong is underlined exactly where it is. */
function cut(word: Word, wrong: readonly { start: number; end: number }[]): Part[] {
  const edges = wrong.flatMap((one) => [one.start, one.end]).filter((at) => at > word.start && at < word.end);
  const at = [word.start, ...new Set(edges.sort((one, other) => one - other)), word.end];
  return at.slice(0, -1).map((start, place) => ({
    kind: word.kind,
    start,
    end: at[place + 1] ?? word.end,
    text: word.text.slice(start - word.start, (at[place + 1] ?? word.end) - word.start),
    wrong: wrong.some((one) => one.start <= start && start < one.end),
  }));
}

function classOf(part: Part, known: ReadonlySet<string>): string {
  const name = part.text.replace(/^[[{【]\s*|\s*[\]}】]$/g, '');
  const field = (part.kind === 'name' || part.kind === 'bracket') && known.has(name);
  return ['fe-word', `fe-${field ? 'field' : part.kind}`, part.wrong ? 'fe-wrong' : ''].join(' ').trim();
}
