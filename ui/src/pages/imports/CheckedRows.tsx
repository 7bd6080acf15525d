import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState';
import { Icon } from '../../components/Icon';
import { BadRows } from '../import/BadRows';
import type { RecordGuess, RecordReport } from './calls';
import { Figures } from './Figures';

interface CheckedRowsProps {
  guess: RecordGuess;
  report: RecordReport;
  /** The job whose file holds the bad rows. */
  job: string;
  onCheck: () => void;
}

/** What the check has found: figures, reasons, and the bad rows with what to do. */
export function CheckedRows({ guess, report, job, onCheck }: CheckedRowsProps) {
  const { t } = useTranslation();
  return (
    <section className="card report">
      <Figures
        report={report}
        job={job}
        extra={
          <Button icon={<Icon name="refresh" size={16} />} onClick={onCheck}>
            {t('import.checkAgain')}
          </Button>
        }
      />
      {report.bad_count > 0 ? (
        <BadRows guess={guess} report={report} />
      ) : (
        <EmptyState icon="check" title={t('import.allGood', { count: report.rows })}>
          {t('import.allGoodHow')}
        </EmptyState>
      )}
    </section>
  );
}
