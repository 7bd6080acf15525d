import { useLayoutEffect, useRef, useState } from 'react';
import type { Proposal } from './completing';

interface CompletionsProps {
  id: string;
  proposals: readonly Proposal[];
  chosen: number;
  onChoose: (at: number) => void;
  onTake: (one: Proposal) => void;
}

/** What can be written at the caret; arrows choose, Enter and Tab take. */
export function Completions({ id, proposals, chosen, onChoose, onTake }: CompletionsProps) {
  const list = useRef<HTMLUListElement>(null);
  const [place, setPlace] = useState<{ left: number; top: number }>({ left: 0, top: 0 });
  useLayoutEffect(() => {
    const box = list.current?.parentElement;
    const caret = box?.querySelector<HTMLElement>('.fe-caret');
    if (box == null || caret == null || list.current === null) return;
    const [outer, at] = [box.getBoundingClientRect(), caret.getBoundingClientRect()];
    const widest = Math.max(0, outer.width - list.current.offsetWidth);
    setPlace({ left: Math.min(at.left - outer.left, widest), top: at.top - outer.top + 24 });
  }, [proposals.length]);
  useLayoutEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const doc = proposals[chosen]?.doc ?? '';
  return (
    <ul ref={list} id={`${id}-list`} className="fe-list" role="listbox" style={place}>
      {proposals.map((one, at) => (
        <li
          key={one.key}
          id={`${id}-${at}`}
          role="option"
          aria-selected={at === chosen}
          className={`fe-proposal fe-of-${one.kind}`}
          onMouseEnter={() => onChoose(at)}
          // The text area keeps the keyboard.
          onMouseDown={(event) => {
            event.preventDefault();
            onTake(one);
          }}
        >
          <span className="fe-sign">{one.kind === 'function' ? 'ƒ' : '#'}</span>
          <span>{one.label}</span>
          <small>{one.more}</small>
        </li>
      ))}
      {doc !== '' && (
        <li className="fe-doc" role="presentation">
          {doc}
        </li>
      )}
    </ul>
  );
}
