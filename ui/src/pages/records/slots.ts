import type { ComponentType } from 'react';
import type { FormInfo, FormRecord } from '../../forms/calls';

/** What an action on the list gets: the records that it shows. */
export interface ListActionProps {
  app: string;
  form: FormInfo;
  /** The filter in force, as the server takes it. */
  filter: unknown;
  sort: string | null;
}

/** What an action on chosen records gets. */
export interface ChosenActionProps {
  app: string;
  form: FormInfo;
  records: readonly FormRecord[];
}

/** What a tab about one record gets. */
export interface RecordTabProps {
  app: string;
  form: FormInfo;
  record: FormRecord;
}

interface ActionModule {
  ListAction?: ComponentType<ListActionProps>;
  ChosenAction?: ComponentType<ChosenActionProps>;
}

const actions = Object.values(import.meta.glob<ActionModule>('./actions/*.tsx', { eager: true }));

/** Buttons above the list: every `ListAction` of a module in `actions/`. */
export const listActions = actions.flatMap((one) => one.ListAction ?? []);

/** Buttons for chosen records: every `ChosenAction` of a module in `actions/`. */
export const chosenActions = actions.flatMap((one) => one.ChosenAction ?? []);

const talks = Object.values(
  import.meta.glob<{ Discussion: ComponentType<RecordTabProps> }>('./discussion/Discussion.tsx', {
    eager: true,
  }),
);

/** The tab in which people talk about a record, where there is one. */
export const Discussion = talks[0]?.Discussion;

const flows = Object.values(
  import.meta.glob<{ FlowTab: ComponentType<RecordTabProps> }>('./flow/FlowTab.tsx', { eager: true }),
);

/** The tab with the flows of a record, where there is one. */
export const FlowTab = flows[0]?.FlowTab;
