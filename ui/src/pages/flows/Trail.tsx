import { useTranslation } from 'react-i18next';
import type { InstanceInfo } from '../../flows/api';
import { nodesOf } from '../../flows/ahead';
import { useFlowKinds, usePersonNames } from '../../flows/queries';
import { moment } from '../../flows/times';
import { say } from '../../flows/trail';

/** Everything that happened, newest first, in words (流转记录). */
export function Trail({ instance, quiet }: { instance: InstanceInfo; quiet: boolean }) {
  const { t } = useTranslation();
  const kinds = useFlowKinds();
  const person = usePersonNames();
  const nodes = nodesOf(instance.tree);
  const node = (id: string) => {
    const found = nodes.get(id);
    return found === undefined ? '' : found.title === '' ? kinds.nodeTitle(found.kind) : found.title;
  };
  const lines = [...instance.trail]
    .sort((one, other) => other.seq - one.seq)
    .map((line) => ({ line, said: say(line, { t, action: kinds.action, person, node }) }))
    .filter(({ said }) => quiet || said.tone !== 'quiet');
  return (
    <ol className="trail" aria-label={t('flows.trailTitle')}>
      {lines.map(({ line, said }) => (
        <li key={line.seq} className={`trail-${said.tone}`}>
          <time className="flow-time" dateTime={line.at}>
            {moment(line.at, t)}
          </time>
          <p>
            {said.tone !== 'quiet' && <b>{said.who}</b>} {said.text}
            {line.sign !== null && (
              <span className={line.sign.holds ? 'trail-sign' : 'trail-sign trail-broken'}>
                {t('flows.record.signed', { meaning: line.sign.meaning })}
                {!line.sign.holds && ` · ${t('flows.record.broken')}`}
              </span>
            )}
            {said.comment !== '' && <span className="flow-line-say">“{said.comment}”</span>}
          </p>
        </li>
      ))}
    </ol>
  );
}
