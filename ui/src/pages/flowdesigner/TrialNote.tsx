import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import { Tag } from '../../components/Tags';
import { find } from '../../flowdesigner/tree';
import { asText } from '../../forms/model';
import type { Tried } from './calls';
import { useDesk } from './desk';
import { iconOf } from './icons';
import { Says } from './Says';
import { TrialEffects } from './TrialEffects';

interface TrialNoteProps {
  tried: Tried;
  onLeave: () => void;
  /** Look at the drawing below; on a phone. */
  onHide?: () => void;
}

type Passed = Tried['path'][number];

/** What a test run came by: step after step, who would have it, why it went where it went, what would be done. */
export function TrialNote({ tried, onLeave, onHide }: TrialNoteProps) {
  const { t } = useTranslation();
  const { board } = useDesk();
  const good = tried.state === 'done' && tried.problems.length === 0;
  return (
    <section className="fw-panel fw-trial" aria-label={t('flowdesigner.try')}>
      <header>
        <h2>{t('flowdesigner.try')}</h2>
        <Tag tone={good ? 'green' : 'amber'}>
          {t(`flowdesigner.trialState.${tried.state}`, { defaultValue: tried.state })}
        </Tag>
        <span className="grow" />
        {onHide !== undefined && (
          <Button size="small" onClick={onHide}>
            {t('flowdesigner.seeDrawing')}
          </Button>
        )}
        <Button size="small" onClick={onLeave}>
          {t('flowdesigner.leaveTrial')}
        </Button>
      </header>
      <p className="hint">{t('flowdesigner.trialHow')}</p>
      <ol>
        {tried.path.map((one, at) => (
          <Step key={at} number={at + 1} passed={one} stopped={!good && tried.node === one.node} />
        ))}
        {tried.problems.length > 0 && (
          <li className="fw-trial-stop">
            <i>
              <Icon name="warning" size={12} />
            </i>
            <div>
              <b>{t('flowdesigner.stopsAt', { name: find(board.present, tried.node)?.title ?? '' })}</b>
              {tried.problems.map((one, at) => (
                <p key={at}>
                  {one.message} <small>{one.advice}</small>
                </p>
              ))}
            </div>
          </li>
        )}
      </ol>
    </section>
  );
}

interface StepProps {
  number: number;
  passed: Passed;
  stopped: boolean;
}

function Step({ number, passed, stopped }: StepProps) {
  const { t } = useTranslation();
  const { board, kinds, open, words } = useDesk();
  const node = find(board.present, passed.node);
  if (node === undefined) return null;
  const chosen = node.children.find((one) => one.id === passed.outcome)?.title;
  const outcome =
    passed.outcome === ''
      ? ''
      : (chosen ?? t(`flowdesigner.outcome.${passed.outcome}`, { defaultValue: passed.outcome }));
  const names = passed.people.map((one) => one.name).join(t('flowdesigner.comma'));
  return (
    <li className={stopped ? 'fw-trial-here' : ''}>
      <i>{number}</i>
      <div>
        <button type="button" className="fw-link" onClick={() => open(node.id)}>
          <Icon name={iconOf(kinds.get(node.kind))} size={14} />{' '}
          {node.title === '' ? words.title(node.kind) : node.title}
        </button>
        {outcome !== '' && <span className="fw-trial-outcome">{outcome}</span>}
        {names !== '' && (
          <p className="fw-trial-people">
            <Icon name="users" size={14} /> {names}
          </p>
        )}
        <Conditions passed={passed} />
        <TrialEffects effects={passed.effects} />
      </div>
    </li>
  );
}

/** The conditions of a branch, in their order, until one held; else what is left was taken. */
function Conditions({ passed }: { passed: Passed }) {
  const { t } = useTranslation();
  const { board } = useDesk();
  const { looked } = passed;
  if (looked.length === 0) return null;
  const values = new Map(looked.flatMap((one) => Object.entries(one.values)));
  const otherwise = !looked.some((one) => one.held);
  return (
    <>
      <ul className="fw-looked">
        {looked.map((one, at) => (
          <li key={at} className={one.held ? 'fw-held' : ''}>
            <Icon name={one.held ? 'check' : 'close'} size={14} />
            <span>
              {find(board.present, one.case)?.title}
              {t('flowdesigner.colon')}
              <Says when={one.when} />
              {one.fault !== '' && <small>{t('flowdesigner.conditionFault')}</small>}
            </span>
          </li>
        ))}
        {otherwise && (
          <li className="fw-held">
            <Icon name="check" size={14} />
            <span>{t('flowdesigner.noneHeld')}</span>
          </li>
        )}
      </ul>
      {values.size > 0 && (
        <p className="fw-trial-values">
          {[...values].map(([title, value]) => (
            <span key={title}>
              {title} ={' '}
              <b>{value === null || value === '' ? t('flowdesigner.would.empty') : asText(value)}</b>
            </span>
          ))}
        </p>
      )}
    </>
  );
}
