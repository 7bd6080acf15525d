import { useQuery } from '@tanstack/react-query';
import { http } from '../../api/http';
import type { Answer } from '../../api/whole';
import type { FlowDeclaration } from '../../flowdesigner/declared';
import type { FlowNode } from '../../flowdesigner/tree';
import { appPath } from '../../forms/calls';

/** A flow as lists show it. */
export type FlowSummary = Answer<'FlowSummary'>;

/** A flow with the version in force. */
export type FlowInfo = Omit<Answer<'FlowOut'>, 'tree'> & { tree: FlowNode | null };

/** What is drawn and not published. */
export type FlowDraft = Omit<Answer<'FlowDraftOut'>, 'tree'> & { tree: FlowNode };

/** Something incomplete or wrong with a node. */
export type FlowFault = Answer<'FlowFaultOut'>;

/** What a test run came by. */
export type Tried = Answer<'FlowTried'>;

/** A flow as the designer begins with it: the draft, or the version in force where nothing is drawn. */
export interface Drawn {
  flow: FlowInfo;
  form: string;
  tree: FlowNode;
  base: number;
  /** Of the draft; null where there is none. */
  revision: number | null;
  savedAt: string | null;
}

/** The address of a flow in the API. */
export const flowPath = (app: string, flow: string) => `${appPath(app)}/flows/${encodeURIComponent(flow)}`;

/** The address of a flow's drawing in the browser. */
export const flowPage = (app: string, flow: string) =>
  `${appPath(app)}/flows/${encodeURIComponent(flow)}/design`;

export const listFlows = (app: string, signal?: AbortSignal) =>
  http.get<{ flows: FlowSummary[]; next: string | null }>(`${appPath(app)}/flows`, { limit: 1000 }, signal);
export const postFlow = (app: string, body: { code: string; name: string; form: string }) =>
  http.post<FlowSummary>(`${appPath(app)}/flows`, body);
export const getFlow = (app: string, flow: string, signal?: AbortSignal) =>
  http.get<FlowInfo>(flowPath(app, flow), undefined, signal);
export const renameFlow = (app: string, flow: string, name: string) =>
  http.put<FlowSummary>(flowPath(app, flow), { name });

/** Read a flow for drawing. */
export async function getDrawn(app: string, code: string, signal?: AbortSignal): Promise<Drawn> {
  const flow = await getFlow(app, code, signal);
  if (!flow.draft && flow.tree !== null) {
    return {
      ...{ flow, form: flow.form ?? '', tree: flow.tree, base: flow.version ?? 0 },
      ...{ revision: null, savedAt: null },
    };
  }
  const draft = await http.get<FlowDraft>(`${flowPath(app, code)}/draft`, undefined, signal);
  const { form, tree, base, revision } = draft;
  return { flow, form, tree, base, revision, savedAt: draft.saved_at };
}

export const putDraft = (
  app: string,
  flow: string,
  body: { base: number; revision: number | null; form: string; tree: FlowNode },
) => http.put<FlowDraft>(`${flowPath(app, flow)}/draft`, body);
export const checkDraft = async (app: string, flow: string) =>
  (await http.post<{ faults: FlowFault[] }>(`${flowPath(app, flow)}:check`)).faults;
export const publishFlow = (app: string, flow: string, body: { base: number; note: string }) =>
  http.post<Answer<'FlowPublished'>>(`${flowPath(app, flow)}/publish`, body);
export const getVersions = (app: string, flow: string, signal?: AbortSignal) =>
  http.get<Answer<'VersionsOut'>>(`${flowPath(app, flow)}/versions`, undefined, signal);
export const restoreVersion = (app: string, flow: string, version: number) =>
  http.post<FlowDraft>(`${flowPath(app, flow)}/restore`, { version });
export const tryOut = (app: string, flow: string, record: number) =>
  http.post<Tried>(`${flowPath(app, flow)}:try`, { record });

/** How a flow goes: what waits at which step. */
export const getFigures = (app: string, flow: string, signal?: AbortSignal) =>
  http.get<Answer<'FlowFigures'>>(`${flowPath(app, flow)}/statistics`, undefined, signal);

/** All that can be put into a flow. */
export function useFlowKinds() {
  return useQuery({
    queryKey: ['flow-kinds'],
    queryFn: ({ signal }) => http.get<FlowDeclaration>('/flows/kinds', undefined, signal),
    staleTime: Infinity,
  });
}
