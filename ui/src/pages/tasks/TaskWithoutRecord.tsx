import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TaskInfo } from '../../flows/api';
import { ActedBar, ClosedNote } from './Acted';
import { ActionBar } from './ActionBar';
import { Asked } from './Asked';
import { CountStep } from './CountStep';
import { FlowSide } from './FlowSide';
import { TaskHead } from './TaskHead';
import { useActing } from './useActing';

/** A task whose record was deleted: there is nothing to fill in, but the flow still waits for a word. */
export function TaskWithoutRecord({ task }: { task: TaskInfo }) {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  const acting = useActing(task, {
    changes: () => ({}),
    ready: () => true,
    refused: () => undefined,
    done: () => setOver(true),
  });
  return (
    <div className="page task-page">
      <TaskHead task={task} over={over} />
      <div className="task-columns">
        <div className="task-main">
          {task.state !== 'open' && !over && <ClosedNote task={task} acting={acting} />}
          {task.node.kind === 'count' && <CountStep task={task} />}
          <p className="task-hint">{t('tasks.deleted')}</p>
          {acting.acted !== null ? (
            <ActedBar task={task} action={acting.acted.action} what={acting.acted.what} />
          ) : (
            task.state === 'open' && <ActionBar task={task} acting={acting} />
          )}
        </div>
        <FlowSide instance={task.instance.id} />
      </div>
      <Asked task={task} acting={acting} />
    </div>
  );
}
