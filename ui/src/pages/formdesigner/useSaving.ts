import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { problemOf } from '../../api/problem';
import { useTurns } from '../../designer/useTurns';
import { same, sameRules } from '../../formdesigner/model';
import { getForm } from '../../forms/calls';
import type { FormField, Rule } from '../../forms/model';
import type { Drawn, FormDraft, Report } from './calls';
import { publishForm, putDraft, tryOut } from './calls';

const PREFIX = 'mazhi.forms.draft.';
const CONFLICTS = new Set(['publish_conflict', 'draft_conflict']);
/** How long the hand must rest before the draft goes to the server. */
const REST_MS = 2000;

interface Kept {
  /** The server's draft that it was begun on; a newer one there wins. */
  from: number | null;
  base: number;
  fields: FormField[];
  rules?: Rule[];
}

/** What is drawn: the fields, and the rules beside them. */
export interface Drawing {
  fields: FormField[];
  rules: Rule[];
}

const alike = (one: Drawing, other: Drawing) =>
  same(one.fields, other.fields) && sameRules(one.rules, other.rules);

const keyOf = (app: string, form: string) => `${PREFIX}${app}/${form}`;

/** What this browser still has of a form after a crash; undefined where the server has the same or something newer. */
export function recovered(app: string, drawn: Drawn): Drawing | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(app, drawn.form.code)) ?? 'null') as Kept | null;
    if (kept === null) return undefined;
    const follows = kept.from === drawn.revision && kept.base === drawn.base;
    const found = { fields: kept.fields, rules: kept.rules ?? drawn.rules };
    return follows && !alike(found, drawn) ? found : undefined;
  } catch {
    return undefined;
  }
}

/** Forget what this browser has of a form. */
export function forget(app: string, form: string): void {
  localStorage.removeItem(keyOf(app, form));
}

/** Whether somebody else was faster. */
export function isConflict(error: unknown): boolean {
  return error !== null && error !== undefined && CONFLICTS.has(problemOf(error).code);
}

/** Saves the draft of its own accord, on the server and until then in this browser; and publishes it. */
export function useSaving(app: string, drawn: Drawn, { fields, rules }: Drawing) {
  const queries = useQueryClient();
  const code = drawn.form.code;
  const [saved, setSaved] = useState<Drawing>(drawn);
  const [at, setAt] = useState(drawn.savedAt);
  const [base, setBase] = useState(drawn.base);
  const [revision, setRevision] = useState(drawn.revision);
  const [inForce, setInForce] = useState({ version: drawn.form.version, fields: drawn.form.fields });
  const changed = !alike({ fields, rules }, saved);
  const draft = changed || revision !== null;
  const latest = useRef<Drawing>({ fields, rules });
  useEffect(() => {
    latest.current = { fields, rules };
  });
  // What the server has, known as soon as it answers: the next call may not wait for the page to be drawn.
  const there = useRef({ base, revision });
  const inTurn = useTurns();

  const took = (answer: FormDraft, sent: Drawing) => {
    there.current = { base: answer.base, revision: answer.revision };
    setSaved(sent);
    setAt(answer.saved_at);
    setBase(answer.base);
    setRevision(answer.revision);
  };
  const saving = useMutation({
    mutationFn: () =>
      inTurn(async () => {
        const sent = latest.current;
        const { base: from, revision: known } = there.current;
        took(await putDraft(app, code, { base: from, revision: known, ...sent }), sent);
      }),
  });
  const { mutate, isPending } = saving;
  const stuck = isConflict(saving.error);

  useEffect(() => {
    const key = keyOf(app, code);
    if (!changed) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify({ from: revision, base, fields, rules } satisfies Kept));
  }, [app, code, fields, rules, changed, revision, base]);

  useEffect(() => {
    // What was refused is refused again: the user decides first.
    if (!changed || isPending || stuck) return;
    const timer = setTimeout(() => mutate(), REST_MS);
    return () => clearTimeout(timer);
  }, [fields, rules, changed, isPending, stuck, mutate]);

  /** Save, whatever anybody else has done where it is to be over; and say what publishing would do. */
  const checking = useMutation({
    mutationFn: (over: boolean) =>
      inTurn(async () => {
        const sent = latest.current;
        const theirs = over ? await getForm(app, code) : null;
        if (theirs !== null) setInForce({ version: theirs.version, fields: theirs.fields });
        const from = theirs === null ? there.current.base : (theirs.version ?? 0);
        const known = over ? null : there.current.revision;
        took(await putDraft(app, code, { base: from, revision: known, ...sent }), sent);
        return tryOut(app, code);
      }),
  });
  const publishing = useMutation({
    mutationFn: (body: { note: string; accept_misfits: boolean }) =>
      inTurn(() => publishForm(app, code, { base: there.current.base, ...body })),
    onSuccess: (report: Report) => {
      there.current = { base: report.version ?? 0, revision: null };
      setBase(report.version ?? 0);
      setRevision(null);
      setInForce({ version: report.version, fields: latest.current.fields });
      void queries.invalidateQueries({ queryKey: ['apps'] });
    },
  });
  const save = useCallback(() => mutate(), [mutate]);
  return { ...{ changed, draft, at, inForce, saving, save, checking, publishing, stuck, took } };
}

/** How saving and publishing stand. */
export type Saving = ReturnType<typeof useSaving>;
