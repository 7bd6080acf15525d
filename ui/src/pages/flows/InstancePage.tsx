import { Segmented, Spin, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { Page } from '../../components/Page';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useIsPhone } from '../../components/useIsPhone';
import { formPage } from '../../forms/calls';
import type { InstanceInfo } from '../../flows/api';
import { DrawnFlow } from '../../flows/DrawnFlow';
import { FlowState } from '../../flows/FlowState';
import { useInstance } from '../../flows/queries';
import { Timeline } from '../../flows/Timeline';
import { moment } from '../../flows/times';
import { nameOf } from '../../flows/trail';
import { InstanceActions } from './InstanceActions';
import './instance.css';
import { StepFacts } from './StepFacts';
import { Trail } from './Trail';

/** A running flow (流程进度): where it stands on its drawing, who did what, and what can be done about it. */
export function InstancePage() {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const found = useInstance(Number(id));
  if (found.isPending) return <Spin className="table-wait" />;
  if (found.isError) {
    return (
      <Page title={t('flows.title')}>
        <ProblemAlert problem={found.error} onRetry={() => void found.refetch()} />
      </Page>
    );
  }
  return <Instance key={id} instance={found.data} />;
}

type View = 'progress' | 'drawing' | 'trail';

function Instance({ instance }: { instance: InstanceInfo }) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const [node, setNode] = useState<string | null>(null);
  const [view, setView] = useState<View>('progress');
  const [quiet, setQuiet] = useState(false);
  const choose = (id: string) => setNode((now) => (now === id ? null : id));
  const drawing = (
    <section className="card instance-drawing" aria-label={t('flows.drawing')}>
      <DrawnFlow instance={instance} chosen={node} onChoose={choose} />
    </section>
  );
  const step = node !== null && <StepFacts instance={instance} node={node} onClose={() => setNode(null)} />;
  const trail = (
    <>
      <label className="instance-quiet">
        <Switch size="small" checked={quiet} onChange={setQuiet} /> {t('flows.quiet')}
      </label>
      <Trail instance={instance} quiet={quiet} />
    </>
  );
  const line = <Timeline instance={instance} chosen={node} onChoose={choose} />;
  return (
    <Page
      title={instance.title}
      beside={
        <span className="instance-beside">
          <FlowState state={instance.state} />
          <span>
            {instance.flow_name} · {t('flows.version', { version: instance.version })} ·{' '}
            {t('flows.startedBy', {
              name: nameOf(instance.starter, t),
              time: moment(instance.started_at, t),
            })}
          </span>
          <Link to={`${formPage(instance.app, instance.form)}?open=${instance.record_id}&tab=flow`}>
            {t('flows.openRecord')}
          </Link>
        </span>
      }
      actions={<InstanceActions instance={instance} />}
    >
      {instance.state === 'failed' && (
        <p className="instance-failed" role="status">
          <b>{t('flows.failedTitle')}</b> {t('flows.failedHow')}
        </p>
      )}
      {phone ? (
        <>
          <Segmented<View>
            block
            size="large"
            value={view}
            onChange={setView}
            options={[
              { value: 'progress', label: t('flows.progress') },
              { value: 'drawing', label: t('flows.drawing') },
              { value: 'trail', label: t('flows.trailTitle') },
            ]}
          />
          <div className="instance-phone">
            {view === 'drawing' && drawing}
            {view !== 'trail' && step}
            {view === 'progress' && <section className="card">{line}</section>}
            {view === 'trail' && <section className="card instance-trail">{trail}</section>}
          </div>
        </>
      ) : (
        <div className="instance">
          {drawing}
          <div className="instance-side">
            {step || <p className="hint instance-hint">{t('flows.chooseStep')}</p>}
            <section className="card">
              <header className="card-head">
                <h2>{t('flows.progress')}</h2>
              </header>
              {line}
            </section>
            <section className="card instance-trail">
              <header className="card-head">
                <h2>{t('flows.trailTitle')}</h2>
              </header>
              {trail}
            </section>
          </div>
        </div>
      )}
    </Page>
  );
}
