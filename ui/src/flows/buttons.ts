import { useQuery } from '@tanstack/react-query';
import { http } from '../api/http';
import type { Answer } from '../api/whole';
import { appPath, formPath } from '../forms/calls';

/** A button (按钮) that starts a flow, and on which records it can be pressed. */
export type FlowButton = Answer<'FlowButton'>;

/** What came of pressing it on one record. */
export type PressedOne = Answer<'FlowPressedOne'>;

/** The buttons that the reader has on some records; none while it is not known. */
export function useFlowButtons(app: string, form: string, records: readonly number[]): FlowButton[] {
  const { data } = useQuery({
    queryKey: ['records', app, form, 'flow-buttons', records],
    queryFn: async ({ signal }) =>
      (
        await http.get<{ buttons: FlowButton[] }>(
          `${formPath(app, form)}/flow-buttons`,
          { records: records.join(',') },
          signal,
        )
      ).buttons,
    enabled: records.length > 0,
    // Where they cannot be asked for there are none.
    retry: false,
  });
  return data ?? [];
}

/** Press a button on records, each for itself. */
export const pressButton = (
  app: string,
  one: FlowButton,
  records: readonly number[],
  chosen: Record<string, string[]>,
  client_key: string,
) =>
  http.post<{ results: PressedOne[] }>(
    `${appPath(app)}/flows/${encodeURIComponent(one.flow)}/buttons/${encodeURIComponent(one.key)}`,
    { records, chosen, client_key },
  );
