import { Spin } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Page } from '../../components/Page';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useForm } from '../../forms/calls';
import type { TaskInfo } from '../../flows/api';
import { useTask } from '../../flows/queries';
import { ScanTask } from './scan/ScanTask';
import { TaskDetail } from './TaskDetail';
import './tasks.css';

/** One task (办理): what it is about, what is asked, and what can be done. */
export function TaskPage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const number = Number(id);
  const task = useTask(number);
  if (task.isPending) return <Spin className="table-wait" />;
  if (task.isError) {
    return (
      <Page title={t('tasks.one')}>
        <ProblemAlert problem={task.error} onRetry={() => void task.refetch()} />
      </Page>
    );
  }
  return <Loaded key={number} task={task.data} />;
}

function Loaded({ task }: { task: TaskInfo }) {
  const { t } = useTranslation();
  const form = useForm(task.record.app, task.record.form);
  if (task.node.kind === 'scan' && task.state === 'open') return <ScanTask task={task} />;
  if (form.isPending) return <Spin className="table-wait" />;
  if (form.isError) {
    return (
      <Page title={task.record.title === '' ? t('tasks.one') : task.record.title}>
        <ProblemAlert problem={form.error} onRetry={() => void form.refetch()} />
      </Page>
    );
  }
  return <TaskDetail task={task} form={form.data} />;
}
