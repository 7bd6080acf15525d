import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { problemOf } from '../../api/problem';
import { useTurns } from '../../designer/useTurns';
import { same } from '../../labels/model';
import type { Template } from '../../labels/template';
import type { Label } from './calls';
import { getLabel, publishLabel, saveDraft } from './calls';

const PREFIX = 'mazhi.labels.draft.';
/** Somebody else was faster. */
export const CONFLICTS = new Set(['publish_conflict', 'draft_conflict']);
/** How long the hand must rest before the draft goes to the server. */
const REST_MS = 2500;

interface Kept {
  /** The server's draft that it was begun on; a newer one there wins. */
  from: number | null;
  base: number;
  template: Template;
}

/** What this browser still has of a label after a crash; undefined where the server has the same or something newer. */
export function recovered(label: Label): Template | undefined {
  const text = localStorage.getItem(PREFIX + label.code);
  if (text === null) return undefined;
  try {
    const kept = JSON.parse(text) as Kept;
    const follows = kept.from === label.revision && kept.base === label.base;
    return follows && !same(kept.template, label.template) ? kept.template : undefined;
  } catch {
    return undefined;
  }
}

/** Saves the draft of its own accord, on the server and until then in this browser; and publishes it. */
export function useSaving(label: Label, template: Template, may: boolean) {
  const queries = useQueryClient();
  const [saved, setSaved] = useState<Template>(label.template);
  const [at, setAt] = useState<string | null>(label.saved_at);
  const [base, setBase] = useState(label.base);
  const [published, setPublished] = useState(label.version);
  const [draft, setDraft] = useState(label.draft);
  const [revision, setRevision] = useState(label.revision);
  const changed = !same(template, saved);
  const key = PREFIX + label.code;
  const latest = useRef(template);
  useEffect(() => {
    latest.current = template;
  });
  // What the server has, known as soon as it answers: the next call may not wait for the page to be drawn.
  const there = useRef({ base, revision });
  const inTurn = useTurns();

  const took = (answer: Label, sent: Template) => {
    there.current = { base: answer.base, revision: answer.revision };
    setSaved(sent);
    setAt(answer.saved_at ?? new Date().toISOString());
    setBase(answer.base);
    setDraft(answer.draft);
    setRevision(answer.revision);
    setPublished(answer.version);
    void queries.invalidateQueries({ queryKey: ['labels', 'list'] });
  };
  const saving = useMutation({
    mutationFn: () =>
      inTurn(async () => {
        const sent = latest.current;
        const { base: from, revision: known } = there.current;
        took(await saveDraft(label.code, from, known, sent), sent);
      }),
  });
  const { mutate, isPending } = saving;
  const isError = saving.error !== null && CONFLICTS.has(problemOf(saving.error).code);

  useEffect(() => {
    if (!may) return;
    if (!changed) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify({ from: revision, base, template } satisfies Kept));
  }, [key, template, changed, revision, base, may]);

  useEffect(() => {
    // What was refused is refused again: the user decides first.
    if (!may || !changed || isPending || isError) return;
    const timer = setTimeout(() => mutate(), REST_MS);
    return () => clearTimeout(timer);
  }, [template, changed, isPending, isError, mutate, may]);

  const publishing = useMutation({
    mutationFn: (over: boolean) =>
      inTurn(async () => {
        const sent = latest.current;
        // Over what the others have done meanwhile, whatever it is.
        const from = over ? ((await getLabel(label.code)).version ?? 0) : there.current.base;
        await saveDraft(label.code, from, over ? null : there.current.revision, sent);
        took(await publishLabel(label.code, from), sent);
      }),
    onSuccess: () => void queries.invalidateQueries({ queryKey: ['labels', 'versions', label.code] }),
  });
  const save = useCallback(() => mutate(), [mutate]);
  return { changed, at, published, draft: draft || changed, saving, save, publishing };
}

/** How saving and publishing stand. */
export type Saving = ReturnType<typeof useSaving>;
