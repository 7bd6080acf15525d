import { Button, Spin } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useMay } from '../../api/session';
import { Icon } from '../../components/Icon';
import type { TaskInfo } from '../../flows/api';
import { useInstance } from '../../flows/queries';
import { useCount } from '../counts/calls';
import '../counts/counts.css';
import { CountStateTag, Share } from '../counts/looks';
import '../scanlists/scanlists.css';

/** The count session (盘点单) that a step has opened: how far it is, and the way there. */
export function CountStep({ task }: { task: TaskInfo }) {
  const { t } = useTranslation();
  const { data } = useInstance(task.instance.id);
  const number = data?.steps.find((one) => one.id === task.node.step)?.data['count'];
  if (data === undefined) return <Spin className="table-wait" />;
  if (typeof number !== 'string') return <p className="task-hint">{t('counts.task.none')}</p>;
  return <Session number={number} open={task.state === 'open'} />;
}

function Session({ number, open }: { number: string; open: boolean }) {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  const reads = may(['counts.manage', 'counts.approve', 'operation.count']);
  const { data } = useCount(reads ? number : '');
  const counting = data === undefined || data.state === 'open';
  return (
    <section className="card task-count" aria-label={t('counts.task.title')}>
      <Icon name="list" size={24} />
      <span className="count-name">
        <b>{data === undefined || data.title === '' ? t('counts.task.title') : data.title}</b>
        <span className="mono hint">{number}</span>
      </span>
      {data !== undefined && <CountStateTag state={data.state} />}
      {data !== undefined && <Share count={data} />}
      {reads && (
        <Button
          type={open && counting ? 'primary' : 'default'}
          icon={<Icon name="scan" size={16} />}
          onClick={() => void navigate(`/counts/${encodeURIComponent(number)}`)}
        >
          {t(counting ? 'counts.task.go' : 'counts.task.see')}
        </Button>
      )}
      {open && <p className="hint">{t('counts.task.how')}</p>}
    </section>
  );
}
