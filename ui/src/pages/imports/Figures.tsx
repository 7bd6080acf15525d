import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { fetchJobFile } from '../../api/exports';
import { Icon } from '../../components/Icon';
import { ProblemAlert } from '../../components/ProblemAlert';
import type { RecordReport } from './calls';

type Count = 'rows' | 'added' | 'changed' | 'same' | 'skipped' | 'bad_rows';

interface FiguresProps {
  report: RecordReport;
  job: string;
  extra?: ReactNode;
}

/** How many rows do what; the figures add up to the rows of the file. */
export function Figures({ report, job, extra }: FiguresProps) {
  const { t } = useTranslation();
  const bad = useMutation({ mutationFn: () => fetchJobFile(job, report.file ?? 'bad.xlsx') });
  const all: [Count, string, string][] = [
    ['rows', t('imports.rows'), 'none'],
    ['added', t('imports.added'), 'good'],
    ['changed', t('imports.changed'), 'ink'],
    ['same', t('imports.same'), 'none'],
    ['skipped', t('imports.skipped'), 'none'],
    ['bad_rows', t('imports.bad'), report.bad_rows > 0 ? 'bad' : 'none'],
  ];
  const always = new Set<Count>(['rows', 'added', 'bad_rows']);
  return (
    <>
      <div className="figures">
        {all
          .filter(([name]) => always.has(name) || report[name] > 0)
          .map(([name, label, tone]) => (
            <div key={name} className={`figure figure-${tone}`}>
              <b className="number">{report[name].toLocaleString()}</b>
              <span>{label}</span>
            </div>
          ))}
        <span className="grow" />
        <span className="figures-act">
          {report.file !== undefined && (
            <Button
              icon={<Icon name="import" size={16} />}
              loading={bad.isPending}
              onClick={() => bad.mutate()}
            >
              {t('import.getBad', { count: report.bad_rows })}
            </Button>
          )}
          {extra}
        </span>
      </div>
      <ProblemAlert problem={bad.error} />
    </>
  );
}
