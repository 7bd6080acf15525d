import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem, ProblemItem } from '../api/problem';
import { problemOf } from '../api/problem';
import { Code } from './Code';

const FIRST = 20;

interface ProblemAlertProps {
  /** A problem, or whatever was thrown; nothing is shown for null and undefined. */
  problem: unknown;
  /** Try again. */
  onRetry?: () => void;
}

/** Every error of a refused request, each with what to do. */
export function ProblemAlert({ problem: thrown, onRetry }: ProblemAlertProps) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  if (thrown === null || thrown === undefined) return null;
  const problem = isProblem(thrown) ? thrown : problemOf(thrown);
  const errors = problem.errors ?? [];
  const shown = all ? errors : errors.slice(0, FIRST);
  return (
    <Alert
      className="problem"
      type="error"
      showIcon
      title={problem.detail ?? problem.title}
      action={
        onRetry && (
          <Button size="small" onClick={onRetry}>
            {t('retry')}
          </Button>
        )
      }
      description={
        problem.advice !== undefined || errors.length > 0 ? (
          <>
            {problem.advice}
            <ul>
              {shown.map((error, index) => (
                <li key={index}>
                  <ProblemLine error={error} />
                </li>
              ))}
            </ul>
            {errors.length > shown.length && (
              <Button type="link" size="small" onClick={() => setAll(true)}>
                {t('showAll', { count: errors.length })}
              </Button>
            )}
          </>
        ) : undefined
      }
    />
  );
}

/** One error: the code it is about, what is wrong, what to do. */
export function ProblemLine({ error }: { error: ProblemItem }) {
  return (
    <>
      {error.item !== null && error.item !== undefined && (
        <>
          <Code value={error.item} />{' '}
        </>
      )}
      {error.message}
      {error.advice !== null && error.advice !== undefined && error.advice !== '' && (
        <span className="advice"> {error.advice}</span>
      )}
    </>
  );
}

function isProblem(thrown: unknown): thrown is Problem {
  return typeof thrown === 'object' && thrown !== null && !(thrown instanceof Error) && 'code' in thrown;
}
