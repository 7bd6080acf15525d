import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useSession } from '../../api/session';
import { Icon } from '../../components/Icon';
import { ProblemAlert } from '../../components/ProblemAlert';
import type { Acted, TaskAction, TaskInfo } from '../../flows/api';
import { getInstance } from '../../flows/api';
import { timeline } from '../../flows/ahead';
import type { TaskOrder } from '../../flows/queries';
import { useNeighbours } from '../../flows/queries';
import { moment } from '../../flows/times';
import { nameOf } from '../../flows/trail';
import type { useActing } from './useActing';
import { useOrder } from './useOrder';

/** The task that comes next: what the server names, else the first of those that wait. */
function useNext(task: number, named: number | null, order: TaskOrder) {
  const waiting = useNeighbours(order).filter((one) => one.id !== task);
  const found = waiting.find((one) => one.id === named) ?? waiting[0];
  const id = named ?? found?.id ?? null;
  return id === null ? null : { id, title: found?.id === id ? found.title : '' };
}

function NextButton({ task, named }: { task: number; named: number | null }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const order = useOrder();
  const next = useNext(task, named, order);
  if (next === null) {
    return (
      <Button type="primary" className="task-act task-act-main" onClick={() => void navigate('/tasks')}>
        {t('tasks.back')}
      </Button>
    );
  }
  return (
    <Button
      type="primary"
      autoFocus
      className="task-act task-act-main"
      onClick={() => void navigate(`/tasks/${next.id}`, { replace: true, state: { order } })}
    >
      {next.title === '' ? t('tasks.acted.next') : t('tasks.acted.nextOf', { title: next.title })}
      <Icon name="right" size={16} />
    </Button>
  );
}

/** What has come of an action, and what is next. */
export function ActedBar({ task, action, what }: { task: TaskInfo; action: TaskAction; what: Acted }) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['flow-instances', task.instance.id],
    queryFn: ({ signal }) => getInstance(task.instance.id, signal),
    retry: false,
  });
  const now = data === undefined ? [] : timeline(data).filter((one) => one.when === 'now');
  const where =
    what.state !== 'running'
      ? t(`flows.ended.${what.state}`, { defaultValue: what.state })
      : now.map((one) => one.node.title).join('、');
  return (
    <div className="task-bar task-acted" role="status">
      <Icon name="check" size={24} />
      <span className="grow">
        <b>{t('tasks.acted.title', { action: action.title })}</b>
        {where !== '' && (
          <span className="muted">
            {what.state === 'running' ? t('tasks.acted.where', { where }) : where}
          </span>
        )}
      </span>
      <Link className="task-see" to={`/flows/${task.instance.id}`}>
        {t('tasks.acted.see')}
      </Link>
      <NextButton task={task.id} named={what.next.task} />
    </div>
  );
}

/** Says of a task that is over who has done it. */
export function ClosedNote({ task, acting }: { task: TaskInfo; acting: ReturnType<typeof useActing> }) {
  const { t } = useTranslation();
  const user = useSession()?.user.username;
  const done = task.people.filter((one) => one.action !== '').at(-1);
  const own = done !== undefined && done.user.code === user;
  return (
    <section className="card task-closed" role="status">
      <Icon name="info" size={24} />
      <div className="grow">
        <b>
          {done === undefined
            ? t('tasks.closed.title')
            : t(own ? 'tasks.closed.own' : 'tasks.closed.by', {
                name: nameOf(done.user, t),
                action: t(`flows.acts.${done.action}`, { defaultValue: done.action }),
              })}
        </b>
        <p className="muted">
          {done?.at != null && `${moment(done.at, t)} · `}
          {done?.comment !== undefined && done.comment !== '' && `“${done.comment}” · `}
          {t('tasks.closed.how')}
        </p>
      </div>
      <Link className="task-see" to={`/flows/${task.instance.id}`}>
        {t('tasks.acted.see')}
      </Link>
      {task.actions.map((one) => (
        <Button key={one.name} danger={one.danger} loading={acting.busy} onClick={() => acting.begin(one)}>
          {one.title}
        </Button>
      ))}
      <NextButton task={task.id} named={null} />
      {acting.asking === null && acting.problem !== null && <ProblemAlert problem={acting.problem} />}
    </section>
  );
}
