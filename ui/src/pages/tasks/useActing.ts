import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../api/problem';
import type { Values } from '../../forms/model';
import type { Acted, Saying, TaskAction, TaskInfo } from '../../flows/api';
import { actOnTask } from '../../flows/api';
import { useRefreshFlows } from '../../flows/queries';
import { useSameKey } from '../../flows/sameKey';
import { refusalOf } from './refusal';

/** Actions that hand in what was filled in. */
const HANDS_IN = new Set(['approve', 'submit', 'complete', 'save', 'add_after']);
/** Actions for which everything that was filled in must be right. */
export const FINAL: ReadonlySet<string> = new Set(['approve', 'submit', 'complete', 'add_after']);

interface Around {
  /** What somebody had begun to say and not sent. */
  comment?: string | undefined;
  /** What was filled in and not sent yet. */
  changes: () => Values;
  /** Whether what was filled in may be sent; if not, the page says why. */
  ready: () => boolean;
  /** The server found something wrong with it. */
  refused: (error: unknown) => void;
  /** What was filled in is kept as a draft. */
  saved?: () => void;
  /** It was acted upon: the task is no longer one's own. */
  done: () => void;
}

/** Acting on a task: what is asked before, what is sent, what came of it. */
export function useActing(task: TaskInfo, around: Around) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const refresh = useRefreshFlows();
  const [comment, setComment] = useState(around.comment ?? task.draft.comment ?? '');
  const [said, setSaid] = useState(task.draft.comment ?? '');
  const [asking, setAsking] = useState<TaskAction | null>(null);
  const [acted, setActed] = useState<{ action: TaskAction; what: Acted } | null>(null);
  const key = useSameKey();
  const acting = useMutation({
    mutationFn: ({ action, saying }: { action: TaskAction; saying: Saying }) =>
      actOnTask(task.id, action.name, saying, key.of(action.name, saying)),
    onSuccess: async (what, { action }) => {
      setAsking(null);
      if (action.name === 'save') {
        key.done();
        void message.success(t('tasks.saved'));
        setSaid(comment);
        around.saved?.();
        await queries.invalidateQueries({ queryKey: ['tasks', 'counts'] });
        await queries.invalidateQueries({ queryKey: ['tasks', 'list'] });
        return;
      }
      setActed({ action, what });
      around.done();
      await refresh();
    },
    onError: (error) => {
      const problem = problemOf(error);
      if (problem.code === 'task_closed') {
        setAsking(null);
        void queries.invalidateQueries({ queryKey: ['tasks', 'one', task.id] });
        void refresh();
      } else if (problem.errors?.some((one) => one.pointer?.startsWith('/values/'))) {
        setAsking(null);
        around.refused(error);
      }
    },
  });
  const send = (action: TaskAction, more: Saying = {}) => {
    if (acting.isPending) return;
    const values = HANDS_IN.has(action.name) ? around.changes() : {};
    acting.mutate({ action, saying: { values, comment, ...more } });
  };
  return {
    comment,
    setComment,
    /** Whether something was written that is neither sent nor kept. */
    written: acted === null && comment !== said,
    asking,
    acted,
    busy: acting.isPending,
    problem: refusalOf(acting.error),
    /** What was refused, as it came. */
    error: acting.error,
    send,
    /** Ask first what has to be asked, else do it. */
    begin: (action: TaskAction) => {
      acting.reset();
      if (FINAL.has(action.name) && !around.ready()) return;
      const unsaid = action.comment === 'must' && comment.trim() === '';
      const signs = task.sign !== null && action.signs;
      const chooses = task.choices.length > 0 && FINAL.has(action.name);
      if (action.to !== 'nothing' || unsaid || action.danger || signs || chooses) setAsking(action);
      else send(action);
    },
    close: () => {
      acting.reset();
      setAsking(null);
    },
    reset: acting.reset,
  };
}
