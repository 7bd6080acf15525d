import { useQuery } from '@tanstack/react-query';
import { Alert, Button, Skeleton } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { useMay } from '../../api/session';
import { Icon } from '../../components/Icon';
import { JobProgress } from '../../components/JobProgress';
import { Page } from '../../components/Page';
import { ProblemAlert } from '../../components/ProblemAlert';
import type { Recall } from './calls';
import { getRecall } from './calls';
import { CloseDialog } from './CloseDialog';
import { criteriaTexts } from './criterionText';
import { Figures } from './Figures';
import { HandleDrawer } from './HandleDrawer';
import { PapersMenu } from './PapersMenu';
import { RecallTags } from './RecallsPage';
import './recalls.css';
import { WhereCard } from './WhereCard';
import { WhyCard } from './WhyCard';
import { WorkCard } from './WorkCard';

/** One recall: how many are found, how many are done, where the rest is and what is left to do. */
export function RecallPage() {
  const { id = '' } = useParams();
  const found = useQuery({
    queryKey: ['recalls', 'one', id],
    queryFn: ({ signal }) => getRecall(id, signal),
  });
  if (found.isPending) return <Skeleton active className="page" />;
  if (found.isError) {
    return (
      <div className="page">
        <ProblemAlert problem={found.error} onRetry={() => void found.refetch()} />
      </div>
    );
  }
  return <Case recall={found.data} />;
}

function Case({ recall }: { recall: Recall }) {
  const { t } = useTranslation();
  const may = useMay();
  const [handling, setHandling] = useState(false);
  const [closing, setClosing] = useState(false);
  const manages = may('recalls.manage') && recall.state === 'open';
  return (
    <Page
      title={
        <span className="row">
          {recall.name}
          {!recall.mock && <span className="stamp">{t('mark.recalled')}</span>}
          <RecallTags row={recall} />
        </span>
      }
      name={recall.id}
      actions={
        <>
          <PapersMenu recall={recall} />
          {manages && <Button onClick={() => setClosing(true)}>{t('recalls.close')}</Button>}
          {manages && (
            <Button type="primary" icon={<Icon name="scan" />} onClick={() => setHandling(true)}>
              {t('recalls.handleByScan')}
            </Button>
          )}
        </>
      }
    >
      <p className="recall-line muted">
        <span className="mono">{recall.id}</span>
        <span>
          {t('recalls.openedLine', {
            at: dayjs(recall.opened_at).format('MM-DD HH:mm'),
            who: recall.opened_by,
          })}
        </span>
        <span>{criteriaTexts(recall.criteria, t).join(t('recalls.orWord'))}</span>
        {recall.document !== '' && <span className="mono">{recall.document}</span>}
        <span className="mono" title={recall.hash}>
          {t('recalls.hash')} {recall.hash.slice(0, 12)}…
        </span>
      </p>
      {recall.note !== '' && <p className="recall-note">{recall.note}</p>}
      {recall.mock && recall.state === 'open' && (
        <Alert className="recall-mock" type="info" showIcon title={t('recalls.mockBanner')} />
      )}
      {recall.job !== null && recall.job !== '' && (
        <section className="card recall-job">
          <p>{t('recalls.marking')}</p>
          <JobProgress id={recall.job} />
        </section>
      )}
      <Figures recall={recall} />
      <div className="recall-middle">
        <WhereCard recall={recall} />
        <WhyCard recall={recall} />
      </div>
      <WorkCard recall={recall} manages={manages} />
      <HandleDrawer recall={recall} open={handling} onClose={() => setHandling(false)} />
      <CloseDialog recall={recall} open={closing} onClose={() => setClosing(false)} />
    </Page>
  );
}
