import { Spin } from 'antd';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { Page } from '../../components/Page';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useForm, useKinds } from '../../forms/calls';
import type { TaskInfo, TaskRecord } from '../../flows/api';
import { useTask } from '../../flows/queries';
import { ScanTask } from './scan/ScanTask';
import { TaskDetail } from './TaskDetail';
import './tasks.css';
import { TaskWithoutRecord } from './TaskWithoutRecord';

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
  if (task.node.kind === 'scan' && task.state === 'open') return <ScanTask task={task} />;
  if (task.record === null) return <TaskWithoutRecord task={task} />;
  return <WithForm task={task} record={task.record} />;
}

function WithForm({ task, record }: { task: TaskInfo; record: TaskRecord }) {
  const form = useForm(record.app, record.form);
  // Before the kinds of field are known a table would be taken for a text.
  const kinds = useKinds();
  if (form.isPending || kinds.size === 0) return <Spin className="table-wait" />;
  if (form.isError) {
    return (
      <Page title={task.instance.title}>
        <ProblemAlert problem={form.error} onRetry={() => void form.refetch()} />
      </Page>
    );
  }
  return <TaskDetail task={task} record={record} form={form.data} />;
}
