import { http } from '../api/http';
import type { ProblemItem } from '../api/problem';
import type { FormInfo } from '../forms/calls';
import { appPath, formPath } from '../forms/calls';
import type { Values } from '../forms/model';

/** Somebody, by user name and by the name that people read. */
export interface Person {
  code: string;
  name: string;
}

/** One node (节点) of a flow as it was drawn. */
export interface FlowNode {
  id: string;
  kind: string;
  title: string;
  options: Record<string, unknown>;
  children: FlowNode[];
}

/** What is declared of a kind of node. */
export interface NodeKindInfo {
  name: string;
  title: { zh: string; en: string };
  hint?: { zh: string; en: string };
  icon: string;
  colour: string;
  contains: 'nothing' | 'sequence' | 'cases' | 'lanes';
  work: boolean;
}

/** What is declared of an action. */
export interface ActionKindInfo {
  name: string;
  title: { zh: string; en: string };
}

/** The boxes of the work list. */
export const BOXES = ['todo', 'started', 'done', 'copied', 'drafts'] as const;

/** One of the boxes. */
export type Box = (typeof BOXES)[number];

/** One line of the work list. */
export interface TaskRow {
  /** Null where it is about the flow as a whole. */
  id: number | null;
  instance: number;
  app: string;
  flow: string;
  flow_name: string;
  form: string;
  record: number;
  title: string;
  node: string;
  node_title: string;
  kind: string;
  state: string;
  starter: Person | null;
  at: string;
  due_at: string | null;
  late: boolean;
  read: boolean;
}

/** How many wait in the boxes that have a number. */
export interface TaskCounts {
  todo: number;
  copied: number;
  drafts: number;
}

/** One page of the work list. */
export interface TaskPage {
  tasks: TaskRow[];
  next: string | null;
  counts: TaskCounts;
}

/** What may be done with a task, as its node says. */
export interface TaskAction {
  name: string;
  title: string;
  comment: 'never' | 'may' | 'must';
  to: 'nothing' | 'people' | 'node';
  danger: boolean;
  targets: { node: string; title: string }[];
  how: string[];
}

/** What somebody has done, or is to do, at the step of a task. */
export interface StepPerson {
  user: Person;
  state: string;
  action: string;
  comment: string;
  at: string | null;
}

/** A task (待办) with everything that its page shows. */
export interface TaskInfo {
  id: number;
  state: 'open' | 'waiting' | 'done' | 'closed';
  due_at: string | null;
  created_at: string | null;
  instance: {
    id: number;
    app: string;
    flow: string;
    flow_name: string;
    title: string;
    state: string;
    starter: Person | null;
    started_at: string;
  };
  node: { id: string; title: string; kind: string; hint: string; phrases: string[] };
  record: {
    app: string;
    form: string;
    id: number;
    version: number;
    values: Values;
    /** By the codes of the fields, of a column `lines.qty`. */
    states: Record<string, FlowFieldState>;
    title: string;
  };
  draft: { values: Values; comment: string } | null;
  actions: TaskAction[];
  sign: { meaning: string } | null;
  people: StepPerson[];
}

/** What a step may do with a field. */
export type FlowFieldState = 'hidden' | 'masked' | 'read_only' | 'writable' | 'required';

/** What somebody says with an action. */
export interface Saying {
  values?: Values;
  comment?: string;
  to?: string[];
  how?: string;
  password?: string;
}

/** What came of an action. */
export interface Acted {
  instance: number;
  state: string;
  next: { task: number | null };
}

/** What came of an action with one of several tasks. */
export interface BatchResult {
  task: number;
  done: boolean;
  problem: ProblemItem | null;
}

/** One visit of a node. */
export interface StepInfo {
  id: number;
  node: string;
  kind: string;
  state: 'open' | 'done' | 'back' | 'undone' | 'void' | 'failed';
  outcome: string;
  entered_at: string;
  left_at: string | null;
  due_at: string | null;
  data: Record<string, unknown>;
  people: StepPerson[];
}

/** One line of the trail (流转记录). */
export interface TrailLine {
  seq: number;
  at: string;
  actor: Person | null;
  action: string;
  node: string;
  title: string;
  data: Record<string, unknown>;
}

/** A running flow (流程实例) with its drawing, its steps and its trail. */
export interface InstanceInfo {
  id: number;
  app: string;
  flow: string;
  flow_name: string;
  version: number;
  form: string;
  record: number;
  title: string;
  state: InstanceState;
  starter: Person | null;
  started_at: string;
  ended_at: string | null;
  tree: FlowNode;
  steps: StepInfo[];
  trail: TrailLine[];
  may: string[];
}

/** Where a running flow stands. */
export type InstanceState = 'running' | 'done' | 'refused' | 'withdrawn' | 'ended' | 'failed';

/** An instance in the list of a record. */
export interface InstanceSummary {
  id: number;
  flow: string;
  flow_name: string;
  title: string;
  state: InstanceState;
  starter: Person | null;
  started_at: string;
  ended_at: string | null;
}

/** A flow that can be started on records of a form. */
export interface FlowSummary {
  code: string;
  name: string;
  form: string;
  version: number | null;
}

interface TaskQuery {
  box: Box;
  flow?: string | undefined;
  text?: string | undefined;
  after?: string | undefined;
  limit?: number;
}

export const listTasks = (query: TaskQuery, signal?: AbortSignal) =>
  http.get<TaskPage>('/tasks', { ...query }, signal);
export const getTask = (id: number, signal?: AbortSignal) =>
  http.get<TaskInfo>(`/tasks/${id}`, undefined, signal);
export const actOnTask = (id: number, kind: string, saying: Saying, client_key: string) =>
  http.post<Acted>(`/tasks/${id}/actions/${kind}`, { ...saying, client_key });
export const actOnMany = (tasks: number[], kind: string, comment: string, client_key: string) =>
  http.post<{ results: BatchResult[] }>('/tasks:actions', { tasks, kind, comment, client_key });

export const getInstance = (id: number, signal?: AbortSignal) =>
  http.get<InstanceInfo>(`/flow-instances/${id}`, undefined, signal);
export const actOnInstance = (id: number, kind: string, saying: Saying, client_key: string) =>
  http.post<Acted>(`/flow-instances/${id}/actions/${kind}`, { ...saying, client_key });

export const listRecordFlows = (app: string, form: string, record: number, signal?: AbortSignal) =>
  http.get<{ instances: InstanceSummary[] }>(
    `${formPath(app, form)}/records/${record}/flows`,
    undefined,
    signal,
  );
export const listFlows = (app: string, signal?: AbortSignal) =>
  http.get<{ flows: FlowSummary[] }>(`${appPath(app)}/flows`, { limit: 1000 }, signal);
export const startFlow = (app: string, flow: string, record: number, client_key: string) =>
  http.post<{ id: number }>(`${appPath(app)}/flows/${encodeURIComponent(flow)}/instances`, {
    record,
    client_key,
  });
export const getKinds = (signal?: AbortSignal) =>
  http.get<{ kinds: NodeKindInfo[]; actions: ActionKindInfo[] }>('/flows/kinds', undefined, signal);

/** The form of a task, as far as whoever has the task needs it. */
export type TaskForm = FormInfo;
