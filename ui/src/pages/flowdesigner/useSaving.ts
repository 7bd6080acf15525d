import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { problemOf } from '../../api/problem';
import { useTurns } from '../../designer/useTurns';
import { same } from '../../flowdesigner/model';
import type { FlowNode } from '../../flowdesigner/tree';
import type { Drawn, FlowDraft } from './calls';
import { checkDraft, getFlow, publishFlow, putDraft } from './calls';

const PREFIX = 'mazhi.flows.draft.';
const CONFLICTS = new Set(['publish_conflict', 'draft_conflict']);
/** How long the hand must rest before the draft goes to the server. */
const REST_MS = 1500;

interface Kept {
  /** The server's draft that it was begun on; a newer one there wins. */
  from: number | null;
  base: number;
  tree: FlowNode;
}

const keyOf = (app: string, flow: string) => `${PREFIX}${app}/${flow}`;

/** What this browser still has of a flow. */
export interface Recovered {
  tree: FlowNode;
  /** Whether it goes on from what the server has; else somebody saved another drawing meanwhile. */
  follows: boolean;
}

/** What this browser still has of a flow after a crash; null where the server has the same. */
export function recovered(app: string, drawn: Drawn): Recovered | null {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(app, drawn.flow.code)) ?? 'null') as Kept | null;
    if (kept === null || same(kept.tree, drawn.tree)) return null;
    const follows = kept.from === drawn.revision && kept.base === drawn.base;
    return { tree: kept.tree, follows };
  } catch {
    return null;
  }
}

/** Forget what this browser has of a flow. */
export function forget(app: string, flow: string): void {
  localStorage.removeItem(keyOf(app, flow));
}

/** Whether somebody else was faster. */
export function isConflict(error: unknown): boolean {
  return error !== null && error !== undefined && CONFLICTS.has(problemOf(error).code);
}

/** Saves the draft of its own accord, on the server and until then in this browser; and publishes it. */
export function useSaving(app: string, drawn: Drawn, tree: FlowNode) {
  const queries = useQueryClient();
  const { code } = drawn.flow;
  const [saved, setSaved] = useState(drawn.tree);
  const [at, setAt] = useState(drawn.savedAt);
  const [base, setBase] = useState(drawn.base);
  const [revision, setRevision] = useState(drawn.revision);
  const [version, setVersion] = useState(drawn.flow.version);
  const [running, setRunning] = useState(drawn.flow.running);
  const changed = !same(tree, saved);
  const draft = changed || revision !== null;
  const latest = useRef(tree);
  useEffect(() => {
    latest.current = tree;
  });
  // What the server has, known as soon as it answers: the next call may not wait for the page to be drawn.
  const there = useRef({ base, revision });
  const inTurn = useTurns();

  const took = (answer: FlowDraft, sent: FlowNode) => {
    there.current = { base: answer.base, revision: answer.revision };
    setSaved(sent);
    setAt(answer.saved_at);
    setBase(answer.base);
    setRevision(answer.revision);
  };
  const put = async (over: boolean) => {
    const sent = latest.current;
    const theirs = over ? await getFlow(app, code) : null;
    if (theirs !== null) {
      setVersion(theirs.version);
      setRunning(theirs.running);
    }
    const from = theirs === null ? there.current.base : (theirs.version ?? 0);
    const known = over ? null : there.current.revision;
    took(await putDraft(app, code, { base: from, revision: known, form: drawn.form, tree: sent }), sent);
  };
  /** Go on from what somebody else has drawn. */
  const adopt = (theirs: Drawn) => {
    there.current = { base: theirs.base, revision: theirs.revision };
    setSaved(theirs.tree);
    setAt(theirs.savedAt);
    setBase(theirs.base);
    setRevision(theirs.revision);
    setVersion(theirs.flow.version);
    setRunning(theirs.flow.running);
    saving.reset();
    publishing.reset();
  };
  const saving = useMutation({ mutationFn: (over: boolean) => inTurn(() => put(over)) });
  const { mutate, isPending } = saving;
  const stuck = isConflict(saving.error);

  useEffect(() => {
    const key = keyOf(app, code);
    if (!changed) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify({ from: revision, base, tree } satisfies Kept));
  }, [app, code, tree, changed, revision, base]);

  useEffect(() => {
    // What was refused is refused again: the user decides first.
    if (!changed || isPending || stuck) return;
    const timer = setTimeout(() => mutate(false), REST_MS);
    return () => clearTimeout(timer);
  }, [tree, changed, isPending, stuck, mutate]);

  /** What the server finds incomplete in the draft that it has. */
  const check = useQuery({
    queryKey: ['flow-design', app, code, 'check', revision],
    queryFn: () => checkDraft(app, code),
    enabled: revision !== null,
    staleTime: Infinity,
    gcTime: 60_000,
    placeholderData: (before) => before,
    retry: false,
  });
  const publishing = useMutation({
    mutationFn: (note: string) =>
      inTurn(async () => {
        if (!same(latest.current, saved)) await put(false);
        return publishFlow(app, code, { base: there.current.base, note });
      }),
    onSuccess: (answer) => {
      there.current = { base: answer.version, revision: null };
      setBase(answer.version);
      setRevision(null);
      setSaved(latest.current);
      setVersion(answer.version);
      void getFlow(app, code).then((flow) => setRunning(flow.running));
      void queries.invalidateQueries({ queryKey: ['apps', app] });
    },
  });
  const save = useCallback(() => mutate(false), [mutate]);
  const faults = draft ? (check.data ?? []) : [];
  const checking = draft && (changed || isPending || check.isFetching);
  return {
    ...{ changed, draft, at, version, running, saving, save, stuck, publishing, adopt },
    /** The faults that the server found, in what was drawn when it looked. */
    ...{ faults, checked: saved, checking, checkError: check.error },
  };
}

/** How saving and publishing stand. */
export type Saving = ReturnType<typeof useSaving>;
