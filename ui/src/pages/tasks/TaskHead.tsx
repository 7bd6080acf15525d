import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Icon } from '../../components/Icon';
import { useIsPhone } from '../../components/useIsPhone';
import { useTabName } from '../../components/useTabName';
import type { TaskInfo } from '../../flows/api';
import { due, moment, span } from '../../flows/times';
import { nameOf } from '../../flows/trail';
import { workKind } from './kinds';
import { Neighbours } from './Neighbours';

interface TaskHeadProps {
  task: TaskInfo;
  over: boolean;
  /** It is over only until somebody else has done their part. */
  waits?: boolean;
}

/** What a task is: its record, its state, who began it and how long it has waited. */
export function TaskHead({ task, over, waits = false }: TaskHeadProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const phone = useIsPhone();
  const { instance, node } = task;
  useTabName(instance.title === '' ? instance.flow_name : instance.title);
  const open = task.state === 'open' && !over;
  const until = task.due_at === null || !open ? null : due(task.due_at, t);
  const waited = Date.now() - new Date(task.created_at).getTime();
  const back = (
    <Button
      type="text"
      className="task-back"
      aria-label={t('tasks.back')}
      title={t('tasks.back')}
      icon={<Icon name="left" size={20} />}
      onClick={() => void navigate('/tasks')}
    />
  );
  return (
    <header className="task-head">
      {phone && (
        <div className="task-top">
          {back}
          <b>{node.title}</b>
          <span className="grow" />
          <Neighbours task={task.id} />
        </div>
      )}
      <div className="task-title">
        {!phone && back}
        <h1>{instance.title === '' ? instance.flow_name : instance.title}</h1>
        <span className={open ? 'task-pill task-pill-open' : 'task-pill'}>
          {open
            ? t(`tasks.state.open.${workKind(node.kind)}`)
            : t(`tasks.state.${over ? (waits ? 'waiting' : 'done') : task.state}`)}
        </span>
        {until !== null && (
          <span className={until.late ? 'task-due task-late' : 'task-due'}>{until.text}</span>
        )}
        <span className="grow" />
        {!phone && <Neighbours task={task.id} />}
      </div>
      <p className="task-sub">
        {!phone && `${instance.flow_name} · ${node.title} · `}
        {t('tasks.started', { name: nameOf(instance.starter, t), time: moment(instance.started_at, t) })}
        {open && ` · ${t('tasks.toYou', { time: span(waited, t) })}`}
      </p>
    </header>
  );
}
