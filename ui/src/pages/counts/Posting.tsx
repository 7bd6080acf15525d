import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { JobProgress, useJob } from '../../components/JobProgress';
import { ProblemAlert } from '../../components/ProblemAlert';
import type { Count } from './calls';
import { postCount, useRefreshCounts } from './calls';

/** How far the posting of a session is; it goes on when the page is left, and again where it stopped. */
export function Posting({ count }: { count: Count }) {
  const { t } = useTranslation();
  const refresh = useRefreshCounts();
  const posting = count.state === 'posting';
  const job = useJob(posting ? count.job : null);
  const state = job.data?.state;
  const again = useMutation({ mutationFn: () => postCount(count.number), onSuccess: refresh });
  useEffect(() => {
    if (state === 'done') void refresh();
  }, [state, refresh]);
  if (!posting || count.job === null) return null;
  return (
    <section className="card count-posting" aria-label={t('counts.state.posting')}>
      <JobProgress id={count.job} />
      {state === 'failed' && (count.may.includes('manage') || count.may.includes('approve')) && (
        <Button loading={again.isPending} onClick={() => again.mutate()}>
          {t('counts.postAgain')}
        </Button>
      )}
      <ProblemAlert problem={again.error} />
    </section>
  );
}
