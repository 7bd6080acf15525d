import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import { Tag } from '../../components/Tags';
import { find } from '../../flowdesigner/tree';
import type { Tried } from './calls';
import { useDesk } from './desk';

interface TrialNoteProps {
  tried: Tried;
  onLeave: () => void;
}

/** What a test run came by: step after step, who would have it, and what came of it. */
export function TrialNote({ tried, onLeave }: TrialNoteProps) {
  const { t } = useTranslation();
  const { board, open, summaryWords } = useDesk();
  const good = tried.state === 'done' && tried.problems.length === 0;
  return (
    <section className="fw-panel fw-trial" aria-label={t('flowdesigner.try')}>
      <header>
        <h2>{t('flowdesigner.try')}</h2>
        <Tag tone={good ? 'green' : 'amber'}>
          {t(`flowdesigner.trialState.${tried.state}`, { defaultValue: tried.state })}
        </Tag>
        <span className="grow" />
        <Button size="small" onClick={onLeave}>
          {t('flowdesigner.leaveTrial')}
        </Button>
      </header>
      <ol>
        {tried.path.map((one, at) => {
          const node = find(board.present, one.node);
          if (node === undefined) return null;
          const chosen = find(board.present, one.outcome)?.title;
          const outcome = chosen ?? t(`flowdesigner.outcome.${one.outcome}`, { defaultValue: one.outcome });
          const people = one.people.map((code) => summaryWords.name('member', code));
          return (
            <li key={at}>
              <button type="button" className="fw-link" onClick={() => open(one.node)}>
                {node.title}
              </button>
              <small>
                {[people.join(t('flowdesigner.comma')), outcome, ...valuesInWords(one.data)]
                  .filter((words) => words !== '')
                  .join(' · ')}
              </small>
            </li>
          );
        })}
      </ol>
      {tried.problems.map((one, at) => (
        <p key={at} className="fw-trial-problem">
          <Icon name="warning" size={16} />
          <span>
            {find(board.present, tried.node)?.title} {one.message}
            <small>{one.advice}</small>
          </span>
        </p>
      ))}
    </section>
  );
}

/** What is plain in the data of a step. */
function valuesInWords(data: Readonly<Record<string, unknown>>): string[] {
  return Object.values(data)
    .filter((one) => typeof one === 'string' && one !== '')
    .map(String)
    .slice(0, 3);
}
