import type { TaskInfo } from '../../flows/api';
import { ActionDialog } from './ActionDialog';
import type { useActing } from './useActing';

/** The dialog of the action that is being asked about, if any. */
export function Asked({ task, acting }: { task: TaskInfo; acting: ReturnType<typeof useActing> }) {
  const { asking } = acting;
  if (asking === null) return null;
  return (
    <ActionDialog
      action={asking}
      task={task}
      comment={acting.comment}
      onComment={acting.setComment}
      busy={acting.busy}
      problem={acting.problem}
      onClose={acting.close}
      onSend={(more) => acting.send(asking, more)}
    />
  );
}
