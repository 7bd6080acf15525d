import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import '../components/answers.css';
import { Code } from '../components/Code';
import { Icon } from '../components/Icon';
import { ProblemAlert } from '../components/ProblemAlert';
import { ScanBox } from '../components/ScanBox';
import { useScans } from '../scan/ScanContext';
import { play } from '../scan/sounds';
import type { PrintJob } from './calls';
import { postConfirm } from './calls';

/** Scanning the first label back: right or wrong, as large as the scan desk says it. */
export function Confirm({ job }: { job: PrintJob }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [again, setAgain] = useState(false);
  const confirm = useMutation({
    mutationFn: (raw: string) => postConfirm(job.id, raw),
    onSuccess: async (found) => {
      play(found.answer);
      setAgain(false);
      await queries.invalidateQueries({ queryKey: ['print', 'job', job.id] });
    },
  });
  const take = (raw: string) => confirm.mutate(raw);
  const found = confirm.data ?? job.confirmed;
  const asks = found === null || again || found.answer === 'wrong';
  useScans(take);
  return (
    <section className="print-confirm" aria-label={t('printing.confirm')}>
      {found !== null && !again && (
        <div className={`answer-banner answer-${found.answer}`} role="status">
          <Icon name={found.answer === 'right' ? 'check' : 'close'} size={36} />
          <div>
            <b className="print-verdict">{t(`printing.${found.answer}`)}</b>
            {found.answer === 'right' ? (
              <Code value={found.read} copy={false} />
            ) : (
              <p>
                {t('printing.expected')} <span className="mono">{found.expected}</span> · {t('printing.read')}{' '}
                <span className="mono">{found.read === '' ? found.raw : found.read}</span>
              </p>
            )}
          </div>
        </div>
      )}
      {asks ? (
        <>
          <p>
            <b>{t('printing.confirm')}</b> <span className="muted">{t('printing.confirmHow')}</span>
          </p>
          <ScanBox size="big" placeholder={t('printing.scanLabel')} busy={confirm.isPending} onScan={take} />
        </>
      ) : (
        <Button size="small" type="text" onClick={() => setAgain(true)}>
          {t('printing.confirmAgain')}
        </Button>
      )}
      <ProblemAlert problem={confirm.error} />
    </section>
  );
}
