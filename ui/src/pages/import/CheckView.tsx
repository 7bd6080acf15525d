import { useMutation } from '@tanstack/react-query';
import { Button, Input, Spin } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { download } from '../../api/http';
import { useNamed } from '../../api/operations';
import { EmptyState } from '../../components/EmptyState';
import { Icon } from '../../components/Icon';
import { ProblemAlert } from '../../components/ProblemAlert';
import { BadRows } from './BadRows';
import type { Guess, Plan, Report } from './calls';
import { lacking } from './wizard';

interface CheckViewProps {
  guess: Guess;
  plan: Plan;
  report: Report | null;
  busy: boolean;
  onCheck: () => void;
  importing: boolean;
  onImport: (document: string) => void;
}

/** What the check has found: figures, reasons, and the bad rows with what to do. */
export function CheckView(props: CheckViewProps) {
  const { guess, plan, report, busy } = props;
  const { t } = useTranslation();
  const named = useNamed();
  const needs = lacking(guess, plan);
  if (report === null) {
    const words = guess.fields.filter((field) => needs.includes(field.name)).map(named);
    return (
      <section className="card">
        <Spin spinning={busy}>
          <EmptyState
            icon={needs.length > 0 ? 'warning' : 'check'}
            title={
              needs.length > 0
                ? t('import.lacks', { what: words.join(t('scan.lack.and')) })
                : t('import.ready')
            }
            action={
              <Button
                type="primary"
                size="large"
                disabled={needs.length > 0}
                loading={busy}
                onClick={props.onCheck}
              >
                {t('import.check')}
              </Button>
            }
          >
            {needs.length > 0 ? t('import.lacksHow') : t('import.readyHow')}
          </EmptyState>
        </Spin>
      </section>
    );
  }
  return (
    <>
      <section className="card report">
        <Figures {...props} report={report} />
        {report.bad_count > 0 ? (
          <BadRows guess={guess} report={report} />
        ) : (
          <EmptyState icon="check" title={t('import.allGood', { count: report.rows })}>
            {t('import.allGoodHow')}
          </EmptyState>
        )}
      </section>
      <Foot {...props} report={report} />
    </>
  );
}

type WithReport = CheckViewProps & { report: Report };

function Figures({ report, busy, onCheck }: WithReport) {
  const { t } = useTranslation();
  const bad = useMutation({
    mutationFn: () =>
      download(
        `/items:import/${encodeURIComponent(report.report ?? '')}/bad.xlsx`,
        `${t('import.badName')}.xlsx`,
      ),
  });
  return (
    <>
      <div className="figures">
        <Figure value={report.rows} label={t('import.rows')} />
        <Figure value={report.good} label={t('import.good')} tone="good" />
        <Figure
          value={report.bad_rows}
          label={t('import.badRows')}
          tone={report.bad_rows > 0 ? 'bad' : 'none'}
        />
        <span className="grow" />
        <span className="figures-act">
          {report.report !== null && report.bad_rows > 0 && (
            <Button
              icon={<Icon name="import" size={16} />}
              loading={bad.isPending}
              onClick={() => bad.mutate()}
            >
              {t('import.getBad', { count: report.bad_rows })}
            </Button>
          )}
          <Button icon={<Icon name="refresh" size={16} />} loading={busy} onClick={onCheck}>
            {t('import.checkAgain')}
          </Button>
        </span>
      </div>
      {report.cleaned > 0 && (
        <p className="cleaned">
          <Icon name="info" size={16} /> {t('import.cleaned', { count: report.cleaned })}
        </p>
      )}
      <ProblemAlert problem={bad.error} />
    </>
  );
}

function Figure({
  value,
  label,
  tone = 'none',
}: {
  value: number;
  label: string;
  tone?: 'good' | 'bad' | 'none';
}) {
  return (
    <div className={`figure figure-${tone}`}>
      <b className="number">{value.toLocaleString()}</b>
      <span>{label}</span>
    </div>
  );
}

function Foot({ report, importing, onImport }: WithReport) {
  const { t } = useTranslation();
  const [document, setDocument] = useState('');
  return (
    <div className="card import-foot">
      <label>
        <span>{t('scan.field.document')}</span>
        <Input
          className="mono"
          value={document}
          maxLength={200}
          placeholder={t('import.documentExample')}
          onChange={(event) => setDocument(event.target.value)}
        />
      </label>
      <span className="grow" />
      {report.bad_rows > 0 && report.good > 0 && (
        <span className="muted">{t('import.badStay', { count: report.bad_rows })}</span>
      )}
      <Button
        type="primary"
        size="large"
        disabled={report.good === 0}
        loading={importing}
        onClick={() => onImport(document.trim())}
      >
        {report.good === 0 ? t('import.nothing') : t('import.go', { count: report.good.toLocaleString() })}
        <Icon name="right" size={16} />
      </Button>
    </div>
  );
}
