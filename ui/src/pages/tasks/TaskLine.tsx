import { Checkbox } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Icon } from '../../components/Icon';
import { FlowState } from '../../flows/FlowState';
import type { Box, InstanceState, TaskRow } from '../../flows/api';
import type { TaskOrder } from '../../flows/queries';
import { due, moment } from '../../flows/times';
import { nameOf } from '../../flows/trail';
import { lookOf, workKind } from './kinds';

interface TaskLineProps {
  task: TaskRow;
  box: Box;
  chosen: boolean;
  onChoose: ((id: number, on: boolean) => void) | undefined;
  /** In which order the next ones come. */
  order?: TaskOrder;
}

/** One line of the work list; all of it leads to the task. */
export function TaskLine({ task, box, chosen, onChoose, order = 'newest' }: TaskLineProps) {
  const { t } = useTranslation();
  const kind = workKind(task.kind);
  const look = lookOf(task.kind);
  const todo = box === 'todo' || box === 'drafts';
  const until = task.due_at === null || !todo ? null : due(task.due_at, t);
  const unread = !task.read && (box === 'todo' || box === 'copied');
  const to =
    task.id === null || box === 'copied' || box === 'done' ? `/flows/${task.instance}` : `/tasks/${task.id}`;
  const many = onChoose !== undefined && task.kind === 'approve' && task.id !== null;
  return (
    <li className={unread ? 'task-line task-unread' : 'task-line'}>
      {onChoose !== undefined && (
        <span className="task-pick">
          <Checkbox
            checked={chosen}
            disabled={!many}
            title={many ? undefined : t('tasks.batch.only')}
            aria-label={t('tasks.batch.select', { title: task.title })}
            onChange={(event) => task.id !== null && onChoose(task.id, event.target.checked)}
          />
        </span>
      )}
      <Link className="task-link" to={to} state={{ order }} data-task={task.id ?? undefined}>
        {todo ? (
          <span className={`task-kind task-hue-${look.hue}`}>
            <Icon name={look.icon} size={14} /> {t(`tasks.kind.${kind}`)}
          </span>
        ) : (
          <FlowState state={task.instance_state as InstanceState} />
        )}
        <span className="task-what">
          <span className="task-name">
            {unread && <span className="visually-hidden">{t('tasks.unread')} </span>}
            {task.title}
          </span>
          <span className="task-where">
            {task.flow_name}
            {task.node_title !== '' && ` · ${task.node_title}`}
          </span>
        </span>
        <span className="task-who">{nameOf(task.starter, t)}</span>
        <time className="task-at" dateTime={task.at}>
          {moment(task.at, t)}
        </time>
        <span className={until?.late === true ? 'task-due task-late' : 'task-due'}>{until?.text}</span>
        <span className="task-go" aria-hidden="true">
          {todo ? t(`tasks.go.${kind}`) : t('tasks.see')}
        </span>
      </Link>
    </li>
  );
}
