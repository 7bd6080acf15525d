import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import type { InstanceInfo, StepInfo } from '../../flows/api';
import { nodesOf } from '../../flows/ahead';
import { useFlowKinds } from '../../flows/queries';
import { due, moment, span } from '../../flows/times';
import { nameOf } from '../../flows/trail';

interface StepFactsProps {
  instance: InstanceInfo;
  node: string;
  onClose: () => void;
}

/** Of one step of the drawing: who did what and when, each time that the flow came there. */
export function StepFacts({ instance, node, onClose }: StepFactsProps) {
  const { t } = useTranslation();
  const kinds = useFlowKinds();
  const found = nodesOf(instance.tree).get(node);
  const visits = instance.steps.filter((one) => one.node === node).sort((one, other) => other.id - one.id);
  if (found === undefined) return null;
  return (
    <section className="card step-facts" aria-label={t('flows.step')}>
      <header className="card-head">
        <h2>{found.title === '' ? kinds.nodeTitle(found.kind) : found.title}</h2>
        <span className="muted">{kinds.nodeTitle(found.kind)}</span>
        <span className="grow" />
        <Button
          type="text"
          aria-label={t('close')}
          icon={<Icon name="close" size={16} />}
          onClick={onClose}
        />
      </header>
      {visits.length === 0 && <p className="step-visit muted">{t('flows.notYet')}</p>}
      {visits.map((one) => (
        <Visit key={one.id} step={one} instance={instance} />
      ))}
    </section>
  );
}

function Visit({ step, instance }: { step: StepInfo; instance: InstanceInfo }) {
  const { t } = useTranslation();
  const until = step.state === 'open' && step.due_at !== null ? due(step.due_at, t) : null;
  const took = step.left_at === null ? null : Date.parse(step.left_at) - Date.parse(step.entered_at);
  const reason = step.data['reason'] ?? step.data['message'];
  const attempts = step.data['attempts'];
  return (
    <div className="step-visit">
      <p>
        <span className={`step-state step-state-${step.state}`}>{t(`flows.stop.${WORDS[step.state]}`)}</span>
        <span className="muted">
          {t('flows.entered')} {moment(step.entered_at, t)}
          {step.left_at !== null && ` · ${t('flows.left')} ${moment(step.left_at, t)}`}
          {took !== null && ` · ${t('flows.took', { time: span(took, t) })}`}
        </span>
        {until !== null && <b className={until.late ? 'flow-late' : 'flow-soon'}> {until.text}</b>}
      </p>
      {typeof reason === 'string' && (
        <p className="step-reason">
          {typeof attempts === 'number' && t('flows.tried', { count: attempts })} {reason}
        </p>
      )}
      <ul>
        {step.kind === 'start' && step.people.length === 0 && (
          <li>
            <b>{nameOf(instance.starter, t)}</b>
            <span className="grow">{t('flows.trail.start')}</span>
          </li>
        )}
        {step.people.map((one, at) => (
          <li key={at}>
            <b>{nameOf(one.user, t)}</b>
            <span className="grow">
              {one.action === ''
                ? t(
                    one.state === 'open'
                      ? 'flows.stop.now'
                      : one.state === 'waiting'
                        ? 'flows.stop.ahead'
                        : 'flows.stop.gone',
                  )
                : t(`flows.acts.${one.action}`, { defaultValue: one.action })}
              {one.comment !== '' && <span className="flow-line-say"> “{one.comment}”</span>}
            </span>
            {one.at !== null && <time className="flow-time">{moment(one.at, t)}</time>}
          </li>
        ))}
      </ul>
    </div>
  );
}

const WORDS: Record<StepInfo['state'], string> = {
  open: 'now',
  done: 'done',
  back: 'back',
  undone: 'gone',
  void: 'gone',
  failed: 'failed',
};
