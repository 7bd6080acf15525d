import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useMembers } from '../forms/people';
import type { InstanceInfo, NodeKindInfo, TaskCounts, TaskRow } from './api';
import { getInstance, getKinds, getTask, listPressing, listTasks } from './api';

/** So often the work list is looked at again while a page is open. */
const POLL_MS = 30_000;
const OPEN_MS = 15_000;
const NEIGHBOURS = 100;

/** In which order somebody goes through their tasks. */
export type TaskOrder = 'newest' | 'pressing';
const PRESSING = 50;

/** How many wait in each box; null until it is known. */
export function useTaskCounts(): TaskCounts | null {
  const { data } = useQuery({
    queryKey: ['tasks', 'counts'],
    queryFn: async ({ signal }) => (await listTasks({ box: 'todo', limit: 1 }, signal)).counts,
    refetchInterval: POLL_MS,
    // A badge that cannot be asked for is only silent.
    retry: false,
  });
  return data ?? null;
}

/** What presses of the reader's own work, as fresh as the badge of the navigation. */
export function usePressing() {
  const queries = useQueryClient();
  return useQuery({
    queryKey: ['tasks', 'pressing'],
    queryFn: async ({ signal }) => {
      const found = await listPressing(PRESSING, signal);
      queries.setQueryData<TaskCounts>(
        ['tasks', 'counts'],
        (known) => known && { ...known, todo: found.count },
      );
      return found;
    },
    refetchInterval: POLL_MS,
  });
}

/** The reader's first tasks, for going to the one before and after: in the order of the list that they came from. */
export function useNeighbours(order: TaskOrder): TaskRow[] {
  const { data } = useQuery({
    queryKey: ['tasks', 'near', order],
    queryFn: async ({ signal }) => {
      if (order === 'pressing') return (await listPressing(NEIGHBOURS, signal)).tasks;
      return (await listTasks({ box: 'todo', limit: NEIGHBOURS }, signal)).tasks;
    },
    staleTime: OPEN_MS,
  });
  return data ?? [];
}

export const useTask = (id: number) =>
  useQuery({
    queryKey: ['tasks', 'one', id],
    queryFn: ({ signal }) => getTask(id, signal),
    staleTime: OPEN_MS,
    // What somebody is filling in is not taken away from under their hands.
    refetchOnWindowFocus: false,
  });

export const useInstance = (id: number) =>
  useQuery({
    queryKey: ['flow-instances', id],
    queryFn: ({ signal }) => getInstance(id, signal),
    refetchInterval: (query) => (running(query.state.data) ? POLL_MS : false),
  });

const running = (instance: InstanceInfo | undefined) => instance?.state === 'running';

/** Look anew at everything that an action on a flow may have changed. */
export function useRefreshFlows(): () => Promise<unknown> {
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ['tasks', 'counts'] }),
      queries.invalidateQueries({ queryKey: ['tasks', 'list'] }),
      queries.invalidateQueries({ queryKey: ['tasks', 'near'] }),
      queries.invalidateQueries({ queryKey: ['tasks', 'pressing'] }),
      queries.invalidateQueries({ queryKey: ['flow-instances'] }),
      queries.invalidateQueries({ queryKey: ['records'] }),
    ]);
}

/** What is declared of kinds of node and of actions, by name, with titles in the reader's language. */
export function useFlowKinds() {
  const { i18n } = useTranslation();
  const { data } = useQuery({
    queryKey: ['flow-kinds'],
    queryFn: ({ signal }) => getKinds(signal),
    staleTime: Infinity,
  });
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const nodes = new Map<string, NodeKindInfo>((data?.kinds ?? []).map((one) => [one.name, one]));
  const actions = new Map((data?.actions ?? []).map((one) => [one.name, one.title[language]]));
  return {
    node: (name: string) => nodes.get(name),
    nodeTitle: (name: string) => nodes.get(name)?.title[language] ?? name,
    action: (name: string) => actions.get(name) ?? name,
  };
}

/** What users are called, by their user names. */
export function usePersonNames(): (code: string) => string {
  const members = useMembers();
  return (code) => members?.find((one) => one.value === code)?.label ?? code;
}
