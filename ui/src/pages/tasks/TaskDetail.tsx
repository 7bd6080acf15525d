import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLeaving } from '../../components/useLeaving';
import { EntryAroundProvider } from '../../forms/entry';
import type { FormInfo } from '../../forms/calls';
import { useKinds } from '../../forms/calls';
import { FaultSummary } from '../../forms/FaultSummary';
import { LiveEntryProvider } from '../../forms/LiveEntry';
import { RecordFields } from '../../forms/RecordFields';
import { useEntry } from '../../forms/useEntry';
import type { TaskInfo, TaskRecord } from '../../flows/api';
import { apart, limited } from '../../flows/limiting';
import { ActedBar, ClosedNote } from './Acted';
import { ActionBar } from './ActionBar';
import { Asked } from './Asked';
import { CountStep } from './CountStep';
import { Facts } from './Facts';
import { FlowSide } from './FlowSide';
import { TaskHead } from './TaskHead';
import { useActing } from './useActing';
import { useFound, useUnsent } from './useUnsent';

interface TaskDetailProps {
  task: TaskInfo;
  record: TaskRecord;
  form: FormInfo;
}

/** A task to read, to fill in and to act on. */
export function TaskDetail({ task, record, form }: TaskDetailProps) {
  const { t } = useTranslation();
  const kinds = useKinds();
  const { node } = task;
  const [over, setOver] = useState(false);
  const [touched, setTouched] = useState(false);
  const open = task.state === 'open' && !over;
  const seen = useMemo(
    () => limited(form.fields, open ? record.states : frozen(record.states, form), kinds),
    [form, record.states, kinds, open],
  );
  const ruled = useMemo(() => ({ ...form, fields: seen.fields }), [form, seen]);
  const entry = useEntry(ruled, record.values, {
    fresh: false,
    states: seen.states,
    asked: seen.required,
  });
  const found = useFound(task.id);
  const acting = useActing(task, {
    comment: found?.comment,
    changes: () => entry.changes,
    ready: entry.ready,
    refused: entry.refused,
    saved: () => setTouched(false),
    done: () => setOver(true),
  });
  const unsaved = open && (touched || acting.written);
  useLeaving(unsaved, t('tasks.leaving'));
  useUnsent(task.id, unsaved ? { values: entry.changes, comment: acting.comment } : null);
  const change = (code: string, value: unknown) => {
    setTouched(true);
    entry.change(code, value);
  };
  const { restart } = entry;
  useEffect(() => {
    const kept = { ...task.draft.values, ...(task.state === 'open' ? found?.values : {}) };
    if (Object.keys(kept).length > 0) restart(record.values, kept);
    setTouched(Object.keys(found?.values ?? {}).length > 0);
    // Once, when the task is opened.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  const around = {
    app: record.app,
    form: record.form,
    record: record.id,
    values: entry.values,
    change: open ? change : null,
  };
  const whole = node.kind === 'fill' || node.kind === 'start';
  const [yours, rest] = apart(seen.fields, open ? record.states : {}, kinds);
  const prefix = `task-${task.id}`;
  const fill = (fields: typeof yours) => (
    <LiveEntryProvider value={entry.live}>
      <RecordFields
        fields={fields}
        values={entry.values}
        states={seen.states}
        faults={entry.faults.at}
        prefix={prefix}
        onChange={change}
      />
    </LiveEntryProvider>
  );
  return (
    <div className="page task-page">
      <TaskHead task={task} over={over} waits={acting.acted?.action.name === 'add_before'} />
      <div className="task-columns">
        <div className="task-main">
          {task.state !== 'open' && acting.acted === null && <ClosedNote task={task} acting={acting} />}
          {open && node.hint !== '' && (
            <p className="task-hint">
              <b>{t('tasks.hint')}</b> {node.hint}
            </p>
          )}
          {node.kind === 'count' && <CountStep task={task} />}
          <EntryAroundProvider value={around}>
            <FaultSummary faults={entry.faults} prefix={prefix} onReveal={entry.show} />
            {open && whole ? (
              <section className="card task-card">{fill(seen.fields)}</section>
            ) : (
              <>
                <Facts
                  fields={open ? rest : seen.fields}
                  values={entry.values}
                  states={seen.states}
                  shown={entry.live.worked.own}
                />
                {open && yours.length > 0 && (
                  <section className="card task-card task-yours" aria-label={t('tasks.yours')}>
                    <header className="task-part">
                      <h2>{t('tasks.yours')}</h2>
                    </header>
                    {fill(yours)}
                  </section>
                )}
              </>
            )}
          </EntryAroundProvider>
          {acting.acted === null ? (
            open && <ActionBar task={task} acting={acting} />
          ) : (
            <ActedBar task={task} action={acting.acted.action} what={acting.acted.what} />
          )}
        </div>
        <FlowSide instance={task.instance.id} />
      </div>
      <Asked task={task} acting={acting} />
    </div>
  );
}

/** Of a task that is over nothing can be written any more. */
function frozen(states: TaskRecord['states'], form: FormInfo): TaskRecord['states'] {
  const keep = (fields: FormInfo['fields']): [string, 'read_only'][] =>
    fields.flatMap((one) => [[one.code, 'read_only'] as [string, 'read_only'], ...keep(one.fields ?? [])]);
  const taken = Object.entries(states).filter(([, state]) => state === 'hidden' || state === 'masked');
  return { ...Object.fromEntries(keep(form.fields)), ...Object.fromEntries(taken) };
}
