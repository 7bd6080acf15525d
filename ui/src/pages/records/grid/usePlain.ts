import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { problemOf } from '../../../api/problem';
import type { FormInfo, FormRecord } from '../../../forms/calls';
import { changedInLists } from '../lists';

/** Change a field with one click, as a switch: what is refused is said, and the list shows what is there. */
export function usePlain(app: string, form: FormInfo) {
  const { message } = App.useApp();
  const queries = useQueryClient();
  return (record: FormRecord, code: string, send: () => Promise<FormRecord>) => {
    send().then(
      (after) => changedInLists(queries, app, form.code, after, [code]),
      (error: unknown) => {
        void message.error(reason(error));
        void queries.invalidateQueries({ queryKey: ['records', app, form.code] });
      },
    );
    return record;
  };
}

/** Why something was refused, in one line. */
export function reason(error: unknown): string {
  const problem = problemOf(error);
  const told = (problem.errors ?? []).map((one) => one.message).join(' ');
  return told === '' ? (problem.detail ?? problem.title) : told;
}
