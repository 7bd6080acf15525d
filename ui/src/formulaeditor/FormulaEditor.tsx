import { useId, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Node } from '../formula';
import { useFunctions, useParsed } from './calls';
import { Completions } from './Completions';
import type { Proposal } from './completing';
import { proposals } from './completing';
import type { EditorField } from './fields';
import './formulaeditor.css';
import { Inserting } from './Inserting';
import { LiveResult } from './LiveResult';
import { Painted } from './Painted';
import type { Writing } from './reading';
import { callAt, unitsAt, writingAt, written } from './reading';
import { Signature } from './Signature';

interface FormulaEditorProps {
  value: string;
  onChange: (formula: string) => void;
  fields: readonly EditorField[];
  label: string;
  id?: string;
  placeholder?: string;
  /** How many lines are there when it is empty. */
  rows?: number;
  /** Whether a field for trying the formula out stands below. */
  trying?: boolean;
  /** Records to try it out with. */
  records?: { app: string; form: string };
  /** Told of the tree whenever the formula is read; null where it cannot be. */
  onTree?: (tree: Node | null) => void;
}

/** A formula is written: fields and functions are proposed, faults are shown where they are, the result is told. */
export function FormulaEditor(props: FormulaEditorProps) {
  const { value, onChange, fields, label, placeholder, rows = 2, trying = false, onTree } = props;
  const { t } = useTranslation();
  const own = useId();
  const id = props.id ?? own;
  const area = useRef<HTMLTextAreaElement>(null);
  const next = useRef<number | null>(null);
  const [caret, setCaret] = useState(0);
  const [writing, setWriting] = useState<Writing | null>(null);
  const [chosen, setChosen] = useState(0);
  const functions = useFunctions().data?.functions ?? [];
  const parsed = useParsed(value, fields);
  const found = writing === null ? [] : proposals(writing, fields, functions);
  const open = found.length > 0;
  const call = callAt(value, caret);

  useLayoutEffect(() => {
    if (next.current === null) return;
    area.current?.setSelectionRange(next.current, next.current);
    next.current = null;
  }, [value]);
  useLayoutEffect(() => {
    onTree?.(parsed?.tree ?? null);
    // Told once for each reading.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [parsed]);

  const put = (from: number, to: number, text: string, back = 0) => {
    next.current = from + text.length - back;
    setCaret(next.current);
    setWriting(null);
    onChange(value.slice(0, from) + text + value.slice(to));
    area.current?.focus();
  };
  const take = (one: Proposal | undefined) => {
    if (one === undefined || writing === null) return;
    // Brackets that stand behind the name already are kept.
    const called = one.kind === 'function' && /^\s*[(（]/.test(value.slice(writing.to));
    put(writing.from, writing.to, called ? one.label : one.insert, called ? 0 : one.back);
  };
  const type = (text: string, at: number, composing: boolean) => {
    onChange(text);
    setCaret(at);
    setChosen(0);
    const now = composing ? null : writingAt(text, at);
    setWriting(now !== null && (now.text !== '' || now.braced) ? now : null);
  };
  const keys = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === ' ' && event.ctrlKey) {
      event.preventDefault();
      setWriting(writingAt(value, caret));
      return;
    }
    if (!open) return;
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (by !== 0) setChosen((chosen + by + found.length) % found.length);
    else if (event.key === 'Enter' || event.key === 'Tab') take(found[chosen]);
    else if (event.key === 'Escape') setWriting(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  /** Titles that were typed in place of codes become codes, by which formulas call fields. */
  const settle = () => {
    setWriting(null);
    const coded = parsed?.tree == null ? value : withCodes(value, parsed.tree);
    if (coded !== value) onChange(coded);
  };
  return (
    <div className="fe">
      <div className="fe-box">
        <Painted
          formula={value}
          fields={fields}
          caret={writing?.from ?? null}
          problems={parsed?.problems ?? []}
        />
        <textarea
          ref={area}
          id={id}
          rows={rows}
          value={value}
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          placeholder={placeholder ?? t('formulaEditor.placeholder')}
          role="combobox"
          aria-label={label}
          aria-expanded={open}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-invalid={(parsed?.problems.length ?? 0) > 0}
          aria-describedby={`${id}-said`}
          {...(open && { 'aria-activedescendant': `${id}-${chosen}` })}
          onChange={(event) => {
            const { value: text, selectionStart } = event.target;
            type(text, selectionStart, (event.nativeEvent as InputEvent).isComposing);
          }}
          onCompositionEnd={(event) => {
            const { value: text, selectionStart } = event.currentTarget;
            type(text, selectionStart, false);
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onKeyDown={keys}
          onBlur={settle}
        />
        {open && <Completions id={id} proposals={found} chosen={chosen} onChoose={setChosen} onTake={take} />}
      </div>
      <div id={`${id}-said`} className="fe-said" aria-live="polite">
        {parsed?.problems.map((one, at) => (
          <p key={at} className="fe-fault">
            {one.message} {one.advice}
            {one.near !== '' && (
              <button
                type="button"
                onClick={() => put(unitsAt(value, one.start), unitsAt(value, one.end), written(one.near))}
              >
                {t('formulaEditor.meant', { name: one.near })}
              </button>
            )}
          </p>
        ))}
        {parsed?.problems.length === 0 || value === '' || parsed === null ? (
          <Signature call={call} functions={functions} />
        ) : null}
      </div>
      <div className="fe-foot">
        <Inserting fields={fields} onInsert={(text, back) => put(caret, caret, text, back)} />
        {trying && parsed?.tree != null && parsed.problems.length === 0 && (
          <LiveResult tree={parsed.tree} fields={fields} {...(props.records && { records: props.records })} />
        )}
      </div>
    </div>
  );
}

/** The formula with every field by its code. */
function withCodes(formula: string, tree: Node): string {
  const found: { start: number; end: number; name: string }[] = [];
  const visit = (node: Node) => {
    if (node.kind === 'field') found.push(node);
    else if (node.kind === 'unary') visit(node.operand);
    else if (node.kind === 'binary') [node.left, node.right].forEach(visit);
    else if (node.kind === 'call') node.arguments.forEach(visit);
  };
  visit(tree);
  return found
    .sort((one, other) => other.start - one.start)
    .reduce((text, { start, end, name }) => {
      const [from, to] = [unitsAt(formula, start), unitsAt(formula, end)];
      const typed = formula.slice(from, to).replace(/^[[{【]\s*|\s*[\]}】]$/g, '');
      return typed === name ? text : text.slice(0, from) + written(name) + text.slice(to);
    }, formula);
}
