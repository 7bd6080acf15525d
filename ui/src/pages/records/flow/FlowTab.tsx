import { useMutation, useQuery } from '@tanstack/react-query';
import { App, Button, Modal, Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { EmptyState } from '../../../components/EmptyState';
import { Icon } from '../../../components/Icon';
import { ProblemAlert } from '../../../components/ProblemAlert';
import type { FlowStartable, InstanceState, InstanceSummary, TaskChoice } from '../../../flows/api';
import { getChoices, listRecordFlows, startFlow } from '../../../flows/api';
import { ChoosePeople } from '../../../flows/ChoosePeople';
import { FlowState } from '../../../flows/FlowState';
import { useInstance, useRefreshFlows } from '../../../flows/queries';
import { useSameKey } from '../../../flows/sameKey';
import { Timeline } from '../../../flows/Timeline';
import { moment } from '../../../flows/times';
import { nameOf } from '../../../flows/trail';
import type { RecordTabProps } from '../slots';
import './flowtab.css';

/** The flows (流程) that run and ran on a record, and the way to start one. */
export function FlowTab({ app, form, record }: RecordTabProps) {
  const { t } = useTranslation();
  const found = useQuery({
    queryKey: ['records', app, form.code, 'flows', record.id],
    queryFn: ({ signal }) => listRecordFlows(app, form.code, record.id, signal),
  });
  if (found.isPending) return <Spin className="table-wait" />;
  if (found.isError) {
    return (
      <div className="record-body">
        <ProblemAlert problem={found.error} onRetry={() => void found.refetch()} />
      </div>
    );
  }
  const { instances, skipped } = found.data;
  const running = new Set(instances.filter((one) => one.state === 'running').map((one) => one.flow));
  const startable = found.data.startable.filter((one) => !running.has(one.code));
  return (
    <>
      <div className="record-body">
        {instances.length === 0 && (
          <EmptyState icon="tree" title={t('flows.record.none')}>
            {t(startable.length > 0 ? 'flows.record.noneHow' : 'flows.record.noneNo')}
          </EmptyState>
        )}
        {instances.map((one, at) => (
          <InstanceCard key={one.id} instance={one} open={at === 0} />
        ))}
        {skipped.map((one) => (
          <p key={`${one.flow} ${one.moment}`} className="hint flow-tab-skipped">
            {t('flows.record.skipped', { name: one.name, day: one.day, moment: moment(one.moment, t) })}
          </p>
        ))}
      </div>
      {startable.length > 0 && <StartBar app={app} record={record.id} flows={startable} />}
    </>
  );
}

function InstanceCard({ instance, open }: { instance: InstanceSummary; open: boolean }) {
  const { t } = useTranslation();
  return (
    <section className="card flow-tab">
      <header className="card-head">
        <h2>{instance.flow_name}</h2>
        <FlowState state={instance.state as InstanceState} />
        {instance.state === 'running' && <span className="muted">{instance.node_title}</span>}
        <span className="grow" />
        <Link className="flow-tab-see" to={`/flows/${instance.id}`}>
          {t('flows.record.open')} ›
        </Link>
      </header>
      <p className="hint flow-tab-by">
        {t('flows.record.by', { name: nameOf(instance.starter, t) })} · {moment(instance.started_at, t)}
      </p>
      {open && <Whole id={instance.id} />}
    </section>
  );
}

/** The timeline of one instance; who may not see all of it sees only that it is there. */
function Whole({ id }: { id: number }) {
  const found = useInstance(id);
  return found.data === undefined ? null : <Timeline instance={found.data} />;
}

function StartBar({ app, record, flows }: { app: string; record: number; flows: readonly FlowStartable[] }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const navigate = useNavigate();
  const refresh = useRefreshFlows();
  const [asking, setAsking] = useState<{ flow: FlowStartable; choices: TaskChoice[] } | null>(null);
  const [chosen, setChosen] = useState<Record<string, string[]>>({});
  const key = useSameKey();
  const starting = useMutation({
    mutationFn: async ({ flow, sure }: { flow: FlowStartable; sure: boolean }) => {
      if (!sure) {
        const { choices } = await getChoices(app, flow.code);
        if (choices.length > 0) {
          setChosen({});
          setAsking({ flow, choices });
          return null;
        }
      }
      const people = sure ? chosen : {};
      return startFlow(app, flow.code, record, people, key.of(flow.code, record, people));
    },
    onSuccess: async (made) => {
      if (made === null) return;
      key.done();
      setAsking(null);
      void message.success({
        content: (
          <>
            {t('flows.record.started')}{' '}
            <Button type="link" size="small" onClick={() => void navigate(`/flows/${made.id}`)}>
              {t('flows.record.open')}
            </Button>
          </>
        ),
      });
      await refresh();
    },
  });
  const unchosen = asking?.choices.some((one) => (chosen[one.node] ?? []).length === 0) === true;
  return (
    <footer className="record-foot flow-tab-foot">
      {asking === null && <ProblemAlert problem={starting.error} />}
      <span className="grow" />
      {flows.map((one, at) => (
        <Button
          key={one.code}
          type={at === 0 ? 'primary' : 'default'}
          icon={<Icon name="right" size={16} />}
          loading={starting.isPending && starting.variables.flow.code === one.code}
          disabled={starting.isPending}
          onClick={() => starting.mutate({ flow: one, sure: false })}
        >
          {t('flows.record.start', { name: one.name })}
        </Button>
      ))}
      <Modal
        open={asking !== null}
        title={t('flows.record.choose')}
        okText={t('flows.record.start', { name: asking?.flow.name ?? '' })}
        cancelText={t('cancel')}
        okButtonProps={{ disabled: unchosen, loading: starting.isPending }}
        onCancel={() => {
          setAsking(null);
          starting.reset();
        }}
        onOk={() => asking !== null && starting.mutate({ flow: asking.flow, sure: true })}
      >
        <div className="flow-tab-choices">
          <ProblemAlert problem={starting.error} />
          <ChoosePeople choices={asking?.choices ?? []} chosen={chosen} onChange={setChosen} tried={false} />
        </div>
      </Modal>
    </footer>
  );
}
