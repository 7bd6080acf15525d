import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useSession } from '../api/session';
import { Icon } from '../components/Icon';
import type { Stop } from './ahead';
import { acted, awaited, timeline } from './ahead';
import type { InstanceInfo, StepPerson } from './api';
import './flows.css';
import { useFlowKinds } from './queries';
import { due, moment } from './times';
import { nameOf } from './trail';

interface TimelineProps {
  instance: InstanceInfo;
  /** Which step is looked at elsewhere on the page. */
  chosen?: string | null;
  onChoose?: (node: string) => void;
}

/** What was done, what is going on, and what follows. */
export function Timeline({ instance, chosen, onChoose }: TimelineProps) {
  const { t } = useTranslation();
  return (
    <ol className="flow-line" aria-label={t('flows.progress')}>
      {timeline(instance).map((stop) => (
        <Line
          key={stop.key}
          stop={stop}
          instance={instance}
          chosen={chosen === stop.node.id}
          onChoose={onChoose && (() => onChoose(stop.node.id))}
        />
      ))}
    </ol>
  );
}

interface LineProps {
  stop: Stop;
  instance: InstanceInfo;
  chosen: boolean;
  onChoose: (() => void) | undefined;
}

function Line({ stop, instance, chosen, onChoose }: LineProps) {
  const { t } = useTranslation();
  const kinds = useFlowKinds();
  const user = useSession()?.user.username;
  const { node, step, when } = stop;
  const name = node.title === '' ? kinds.nodeTitle(node.kind) : node.title;
  const title = onChoose ? (
    <button type="button" className="flow-line-name" onClick={onChoose} aria-pressed={chosen}>
      {name}
    </button>
  ) : (
    <b className="flow-line-name">{name}</b>
  );
  const done = step === null ? [] : acted(step.people);
  return (
    <li className={`flow-stop flow-stop-${when}`}>
      <span className="flow-mark">
        <Mark stop={stop} />
        <span className="visually-hidden">{t(`flows.stop.${when}`)}</span>
      </span>
      <div className="flow-line-body">
        <p>
          {title} <span className="flow-line-who">{whoOf(stop, instance, user, t)}</span>
        </p>
        {done.map((one, at) =>
          one.comment === '' ? null : (
            <p key={at} className="flow-line-say">
              {done.length > 1 && `${nameOf(one.user, t)}：`}“{one.comment}”
            </p>
          ),
        )}
      </div>
      <Time stop={stop} />
    </li>
  );
}

function Mark({ stop }: { stop: Stop }) {
  if (stop.when === 'done') return <Icon name="check" size={14} />;
  if (stop.when === 'back') return <Icon name="undo" size={14} />;
  if (stop.when === 'failed') return <Icon name="warning" size={14} />;
  if (stop.when === 'gone') return <Icon name="minus" size={14} />;
  if (stop.node.kind === 'scan') return <Icon name="scan" size={14} />;
  return null;
}

function Time({ stop }: { stop: Stop }) {
  const { t } = useTranslation();
  const { step, when } = stop;
  if (step === null) return null;
  if (when === 'now') {
    if (step.due_at === null) return <time className="flow-time flow-time-now">{t('flows.stop.now')}</time>;
    const until = due(step.due_at, t);
    return <time className={until.late ? 'flow-time flow-late' : 'flow-time flow-soon'}>{until.text}</time>;
  }
  const at = acted(step.people).at(-1)?.at ?? step.left_at ?? step.entered_at;
  return (
    <time className="flow-time" dateTime={at}>
      {moment(at, t)}
    </time>
  );
}

/** Who did it and how, or who is awaited. */
function whoOf(stop: Stop, instance: InstanceInfo, user: string | undefined, t: TFunction): string {
  const { step, node, when } = stop;
  if (when === 'ahead') {
    return stop.ways.length > 0 ? t('flows.whichWay', { ways: stop.ways.filter(Boolean).join(' / ') }) : '';
  }
  if (step === null) return '';
  const done = acted(step.people).map((one) => said(one, t));
  if (when === 'now') {
    const [now, later] = awaited(step.people).map((people) =>
      people.map((one) => (one.user.code === user ? t('flows.you') : nameOf(one.user, t))).join('、'),
    );
    const waits = [
      now === '' ? '' : t('flows.waitsFor', { names: now }),
      later === '' ? '' : t('flows.thenFor', { names: later }),
    ];
    return [...done, ...waits.filter((one) => one !== '')].join('，');
  }
  if (done.length > 0) return done.join('，');
  if (node.kind === 'start') return nameOf(instance.starter, t);
  return t(`flows.outcome.short.${step.outcome}`, { defaultValue: '' });
}

function said(one: StepPerson, t: TFunction): string {
  const what = t(`flows.acts.${one.action}`, { defaultValue: one.action });
  return `${nameOf(one.user, t)} ${what}`;
}
