import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import { newClientKey } from '../../api/clientKey';
import { problemOf } from '../../api/problem';
import { EmptyState } from '../../components/EmptyState';
import { Icon } from '../../components/Icon';
import { ended, JobProgress, useJob } from '../../components/JobProgress';
import { Page } from '../../components/Page';
import { ProblemAlert } from '../../components/ProblemAlert';
import { formPage, formPath, useForm } from '../../forms/calls';
import { Earlier } from '../import/Earlier';
import { FileLine } from '../import/FileLine';
import { Stepper } from '../import/Stepper';
import { UploadView } from '../import/UploadView';
import '../import/import.css';
import type { RecordPlan, RecordReport } from './calls';
import { guessAgain, sendFile, startImport } from './calls';
import { CheckedRows } from './CheckedRows';
import { Figures } from './Figures';
import { ImportFoot } from './ImportFoot';
import './imports.css';
import type { Progress } from './progress';
import { isEmpty, loadProgress, NOTHING, planOf, saveProgress } from './progress';
import { TargetMapping } from './TargetMapping';

/** Bring records into a form from a spreadsheet: template, upload, columns and check, result. */
export function RecordImportPage() {
  const { app = '', form: code = '' } = useParams();
  return <Wizard key={`${app}/${code}`} app={app} code={code} />;
}

function Wizard({ app, code }: { app: string; code: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const form = useForm(app, code);
  const [progress, setProgress] = useState<Progress>(() => loadProgress(`${app}/${code}`));
  const { guess, plan, job } = progress;
  useEffect(() => saveProgress(`${app}/${code}`, progress), [app, code, progress]);
  const put = (change: Partial<Progress>) => setProgress((before) => ({ ...before, ...change }));

  const check = useMutation({
    mutationFn: (what: RecordPlan) => startImport(app, code, what, { dryRun: true }),
    onSuccess: (made) => put({ job: { id: made.job, does: 'check' } }),
  });
  const upload = useMutation({
    mutationFn: (file: File) => sendFile(app, code, file),
    onSuccess: (found) => {
      const first = planOf(found);
      setProgress({ ...NOTHING, guess: found, plan: first, clientKey: newClientKey() });
      if (!isEmpty(found, first)) check.mutate(first);
    },
  });
  const bring = useMutation({
    mutationFn: (what: RecordPlan) =>
      startImport(app, code, what, { dryRun: false, clientKey: progress.clientKey }),
    onSuccess: (made) => put({ job: { id: made.job, does: 'import' } }),
    onError: (error) => {
      // After a lost answer the same import is asked for again; after a refusal it is another one.
      if (problemOf(error).status !== 0) put({ clientKey: newClientKey() });
    },
  });
  const running = useJob(job?.id ?? null);
  const over = ended(running.data);
  const report =
    job !== null && running.data?.state === 'done' ? (running.data.result as RecordReport) : null;
  const imported = job?.does === 'import';
  useEffect(() => {
    if (imported && over) void queries.invalidateQueries({ queryKey: ['records', app, code] });
  }, [imported, over, queries, app, code]);

  // What came by the clipboard, or was left unchecked before a reload, is checked by itself.
  const resume = useRef(guess !== null && plan !== null && job === null && !isEmpty(guess, plan));
  useEffect(() => {
    if (!resume.current || plan === null) return;
    resume.current = false;
    check.mutate(plan);
  }, [check, plan]);

  const change = (next: RecordPlan) => {
    put({ plan: next, job: null, clientKey: newClientKey() });
    if (guess !== null && !isEmpty(guess, next)) check.mutate(next);
  };
  const restart = () => {
    setProgress(NOTHING);
    for (const one of [check, upload, bring]) one.reset();
  };
  const step = imported ? 3 : guess === null ? 1 : 2;
  const name = form.data?.name ?? code;
  return (
    <Page
      title={t('imports.title', { name })}
      beside={<Link to={formPage(app, code)}>{t('imports.back')}</Link>}
      actions={
        step === 2 && (
          <>
            <span className="hint only-desk">{t('import.beside')}</span>
            <Button icon={<Icon name="close" />} onClick={restart} disabled={bring.isPending}>
              {t('import.cancel')}
            </Button>
          </>
        )
      }
    >
      <div className="import">
        <Stepper step={step}>
          {guess !== null && plan !== null && step === 2 && (
            <FileLine
              guess={guess}
              look={(sheet, row) => guessAgain(app, code, guess.upload, sheet, row)}
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
            <UploadView
              busy={upload.isPending}
              error={upload.error}
              onFile={(file) => upload.mutate(file)}
              template={{
                path: `${formPath(app, code)}/records:import/template.xlsx`,
                name: t('imports.templateName', { name }),
              }}
            />
            <Earlier kind="import_records" />
          </>
        )}
        {step === 2 && guess !== null && plan !== null && (
          <>
            <div className="import-columns">
              <TargetMapping guess={guess} plan={plan} onChange={change} />
              <div className="import-main">
                {report !== null && job !== null ? (
                  <CheckedRows guess={guess} report={report} job={job.id} onCheck={() => change(plan)} />
                ) : (
                  <section className="card import-wait">
                    {job === null && !check.isPending ? (
                      <EmptyState icon="warning" title={t('imports.chooseFields')}>
                        {t('imports.chooseFieldsHow')}
                      </EmptyState>
                    ) : (
                      <>
                        <h2>{t('import.checking')}</h2>
                        {job !== null && <JobProgress id={job.id} />}
                      </>
                    )}
                  </section>
                )}
                <ProblemAlert problem={check.error ?? bring.error} />
              </div>
            </div>
            <ImportFoot
              guess={guess}
              plan={plan}
              report={report}
              importing={bring.isPending}
              onChange={change}
              onImport={() => bring.mutate(plan)}
            />
          </>
        )}
        {step === 3 && job !== null && (
          <section className="card import-result" aria-live="polite">
            {report === null ? (
              <>
                <h2>{t('import.importing')}</h2>
                <JobProgress id={job.id} />
                {running.data?.state === 'failed' && <Button onClick={restart}>{t('import.again')}</Button>}
              </>
            ) : (
              <>
                <span className="import-sign">
                  <Icon name="check" size={40} />
                </span>
                <h2>{t('imports.done', { count: (report.added + report.changed).toLocaleString() })}</h2>
                <div className="imports-figures">
                  <Figures report={report} job={job.id} />
                </div>
                {report.bad_rows > 0 && <p className="muted">{t('import.leftHow')}</p>}
                <div className="row">
                  <Button onClick={restart}>{t('import.again')}</Button>
                  <Button
                    type="primary"
                    onClick={() => {
                      restart();
                      void navigate(formPage(app, code));
                    }}
                  >
                    {t('imports.see')}
                  </Button>
                </div>
              </>
            )}
          </section>
        )}
      </div>
    </Page>
  );
}
