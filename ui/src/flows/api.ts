import { http } from '../api/http';
import type { Answer } from '../api/whole';
import { appPath, formPath } from '../forms/calls';
import type { Values } from '../forms/model';

/** Somebody, by user name and by the name that people read. */
export type Person = Answer<'TaskPerson'>;

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
export type TaskRow = Answer<'TaskRow'>;

/** How many wait in the boxes that have a number. */
export type TaskCounts = Answer<'TaskCounts'>;

/** What presses of one's own work: what is late first, then the oldest; and how much there is. */
export type PressingTasks = Answer<'TaskPressing'>;

/** One page of the work list. */
export type TaskPage = Answer<'TaskPage'>;

/** What may be done with a task or a flow, as its drawing says. */
export type TaskAction = Answer<'TaskAction'>;

/** A later step whose people are chosen now. */
export type TaskChoice = Answer<'TaskChoice'>;

/** What somebody has done, or is to do, at the step of a task. */
export type StepPerson = Answer<'TaskDid'>;

/** A record as a step shows it. */
export type TaskRecord = Omit<Answer<'TaskRecord'>, 'values' | 'states'> & {
  values: Values;
  /** By the codes of the fields, of a column `lines.qty`. */
  states: Record<string, FlowFieldState>;
};

/** A task (待办) with everything that its page shows. */
export type TaskInfo = Omit<Answer<'TaskOut'>, 'record' | 'draft'> & {
  /** Null where the record was deleted. */
  record: TaskRecord | null;
  draft: { values?: Values; comment?: string };
};

/** What a step may do with a field. */
export type FlowFieldState = 'hidden' | 'masked' | 'read_only' | 'writable' | 'required';

/** What somebody says with an action. */
export interface Saying {
  values?: Values;
  comment?: string;
  to?: string[];
  how?: string;
  password?: string;
  /** Who does later steps, by the ids of their nodes. */
  chosen?: Record<string, string[]>;
}

/** What somebody says with an action on a whole flow. */
export interface FlowSaying {
  comment?: string;
  to?: string[];
  /** Which step, where the flow stands at several. */
  step?: number;
}

/** What came of an action. */
export type Acted = Answer<'TaskActed'>;

/** What came of an action with one of several tasks. */
export type BatchResult = Answer<'TaskBatchResult'>;

/** One visit of a node. */
export type StepInfo = Omit<Answer<'FlowStepOut'>, 'state'> & {
  state: 'open' | 'done' | 'back' | 'undone' | 'void' | 'failed';
};

/** One line of the trail (流转记录). */
export type TrailLine = Answer<'FlowTrailLine'>;

/** A running flow (流程实例) with its drawing, its steps and its trail. */
export type InstanceInfo = Omit<Answer<'FlowInstanceOut'>, 'state' | 'tree' | 'steps'> & {
  state: InstanceState;
  tree: FlowNode;
  steps: StepInfo[];
};

/** Where a running flow stands. */
export type InstanceState = 'running' | 'done' | 'refused' | 'withdrawn' | 'ended' | 'failed';

/** An instance in the list of a record. */
export type InstanceSummary = Answer<'RecordFlow'>;

/** A flow that the reader may start on a record. */
export type FlowStartable = Answer<'FlowStartable'>;

interface TaskQuery {
  box: Box;
  app?: string | undefined;
  flow?: string | undefined;
  text?: string | undefined;
  after?: number | undefined;
  limit?: number;
}

export const listTasks = (query: TaskQuery, signal?: AbortSignal) =>
  http.get<TaskPage>('/tasks', { ...query }, signal);
export const listPressing = (limit: number, signal?: AbortSignal) =>
  http.get<PressingTasks>('/tasks:pressing', { limit }, signal);
export const getTask = (id: number, signal?: AbortSignal) =>
  http.get<TaskInfo>(`/tasks/${id}`, undefined, signal);
export const actOnTask = (id: number, kind: string, saying: Saying, client_key: string) =>
  http.post<Acted>(`/tasks/${id}/actions/${kind}`, { ...saying, client_key });
export const actOnMany = (tasks: number[], kind: string, comment: string, client_key: string) =>
  http.post<{ results: BatchResult[] }>('/tasks:actions', { tasks, kind, comment, client_key });

export const getInstance = (id: number, signal?: AbortSignal) =>
  http.get<InstanceInfo>(`/flow-instances/${id}`, undefined, signal);
export const actOnInstance = (id: number, kind: string, saying: FlowSaying, client_key: string) =>
  http.post<Acted>(`/flow-instances/${id}/actions/${kind}`, { ...saying, client_key });

export const listRecordFlows = (app: string, form: string, record: number, signal?: AbortSignal) =>
  http.get<Answer<'RecordFlows'>>(`${formPath(app, form)}/records/${record}/flows`, undefined, signal);
const flowPath = (app: string, flow: string) => `${appPath(app)}/flows/${encodeURIComponent(flow)}`;
/** The steps whose people are chosen when a flow is started. */
export const getChoices = (app: string, flow: string, signal?: AbortSignal) =>
  http.get<Answer<'TaskChoices'>>(`${flowPath(app, flow)}/choices`, undefined, signal);
export const startFlow = (
  app: string,
  flow: string,
  record: number,
  chosen: Record<string, string[]>,
  client_key: string,
) => http.post<{ id: number }>(`${flowPath(app, flow)}/instances`, { record, chosen, client_key });
export const getKinds = (signal?: AbortSignal) =>
  http.get<{ kinds: NodeKindInfo[]; actions: ActionKindInfo[] }>('/flows/kinds', undefined, signal);
