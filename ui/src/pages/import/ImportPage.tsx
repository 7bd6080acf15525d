import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newClientKey } from '../../api/clientKey';
import { problemOf } from '../../api/problem';
import { Icon } from '../../components/Icon';
import { ended, JobProgress, useJob } from '../../components/JobProgress';
import { Page } from '../../components/Page';
import { ProblemAlert } from '../../components/ProblemAlert';
import type { Plan, Report } from './calls';
import { checkFile, guessAgain, importFile, isJob, sendFile } from './calls';
import { CheckView } from './CheckView';
import { Earlier } from './Earlier';
import { FileLine } from './FileLine';
import { MappingView } from './MappingView';
import { ResultView } from './ResultView';
import { Stepper } from './Stepper';
import { UploadView } from './UploadView';
import type { Progress } from './wizard';
import { lacking, loadProgress, NOTHING, planOf, saveProgress } from './wizard';
import './import.css';

/** Bring items in from a spreadsheet: template, upload, columns and check, result. */
export function ImportPage() {
  const { t } = useTranslation();
  const [progress, setProgress] = useState<Progress>(loadProgress);
  const [report, setReport] = useState<Report | null>(null);
  const [result, setResult] = useState<Report | null>(null);
  const { guess, plan, job } = progress;
  useEffect(() => saveProgress(progress), [progress]);
  const put = (change: Partial<Progress>) => setProgress((before) => ({ ...before, ...change }));

  const check = useMutation({
    mutationFn: checkFile,
    onSuccess: (answer) => {
      if (isJob(answer)) put({ job: { id: answer.job, does: 'check' } });
      else setReport(answer);
    },
  });
  const upload = useMutation({
    mutationFn: sendFile,
    onSuccess: (found) => {
      const first = planOf(found);
      setReport(null);
      setProgress({ ...NOTHING, guess: found, plan: first, clientKey: newClientKey() });
      if (lacking(found, first).length === 0) check.mutate(first);
    },
  });
  const doImport = useMutation({
    mutationFn: ({ document }: { document: string }) => {
      if (plan === null) throw new Error('there is no plan to import by');
      return importFile(plan, document, progress.clientKey);
    },
    onSuccess: (answer) => {
      if (isJob(answer)) put({ job: { id: answer.job, does: 'import' } });
      else setResult(answer);
    },
    onError: (error) => {
      // After a lost answer the same import is asked for again; after a refusal it is another one.
      if (problemOf(error).status !== 0) put({ clientKey: newClientKey() });
    },
  });
  const running = useJob(job?.id ?? null);
  useEffect(() => {
    if (job === null || running.data === undefined || !ended(running.data)) return;
    if (running.data.state !== 'done') return;
    const found = running.data.result as Report;
    if (job.does === 'check') {
      setReport(found);
      setProgress((before) => ({ ...before, job: null }));
    } else setResult(found);
  }, [job, running.data]);

  // What was checked before a reload is checked again by itself.
  const resume = useRef(guess !== null && plan !== null && job === null && lacking(guess, plan).length === 0);
  useEffect(() => {
    if (!resume.current || plan === null) return;
    resume.current = false;
    check.mutate(plan);
  }, [check, plan]);

  const change = (next: Plan) => {
    setReport(null);
    put({ plan: next, clientKey: newClientKey() });
  };
  const restart = () => {
    setProgress(NOTHING);
    setReport(null);
    setResult(null);
    check.reset();
    upload.reset();
    doImport.reset();
  };
  const step = result !== null || job?.does === 'import' ? 3 : guess === null ? 1 : 2;
  return (
    <Page
      title={t('import.title')}
      beside={t('import.beside')}
      actions={
        guess !== null &&
        result === null && (
          <Button icon={<Icon name="close" />} onClick={restart} disabled={doImport.isPending}>
            {t('import.cancel')}
          </Button>
        )
      }
    >
      <div className="import">
        <Stepper step={step}>
          {guess !== null && plan !== null && step === 2 && (
            <FileLine
              guess={guess}
              look={(sheet, row) => guessAgain(guess.upload, sheet, row)}
              onChange={(found, headerRow) => {
                put({ guess: found });
                change(planOf(found, headerRow));
              }}
              onOther={restart}
            />
          )}
        </Stepper>
        {step === 1 && (
          <>
            <UploadView busy={upload.isPending} error={upload.error} onFile={(file) => upload.mutate(file)} />
            <Earlier />
          </>
        )}
        {step === 2 && guess !== null && plan !== null && (
          <div className="import-columns">
            <MappingView guess={guess} plan={plan} onChange={change} />
            <div className="import-main">
              {job?.does === 'check' ? (
                <section className="card import-wait">
                  <h2>{t('import.checking')}</h2>
                  <JobProgress id={job.id} />
                </section>
              ) : (
                <CheckView
                  guess={guess}
                  plan={plan}
                  report={report}
                  busy={check.isPending}
                  onCheck={() => check.mutate(plan)}
                  importing={doImport.isPending}
                  onImport={(document) => doImport.mutate({ document })}
                />
              )}
              <ProblemAlert problem={check.error ?? doImport.error} />
            </div>
          </div>
        )}
        {step === 3 && result === null && job !== null && (
          <section className="card import-wait">
            <h2>{t('import.importing')}</h2>
            <JobProgress id={job.id} />
            {running.data?.state === 'failed' && <Button onClick={restart}>{t('import.again')}</Button>}
          </section>
        )}
        {result !== null && <ResultView result={result} onAgain={restart} />}
      </div>
    </Page>
  );
}
