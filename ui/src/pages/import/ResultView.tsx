import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { download } from '../../api/http';
import { Icon } from '../../components/Icon';
import { ProblemAlert } from '../../components/ProblemAlert';
import type { Report } from './calls';

/** What the import has done, and what is left to do. */
export function ResultView({ result, onAgain }: { result: Report; onAgain: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const bad = useMutation({
    mutationFn: () =>
      download(
        `/items:import/${encodeURIComponent(result.report ?? '')}/bad.xlsx`,
        `${t('import.badName')}.xlsx`,
      ),
  });
  return (
    <section className="card import-result" aria-live="polite">
      <span className="import-sign">
        <Icon name="check" size={40} />
      </span>
      <h2>{t('import.done', { count: result.imported.toLocaleString() })}</h2>
      <p className="muted">
        {t('import.doneHow', { rows: result.rows.toLocaleString() })}
        {result.events.length > 0 &&
          ` ${t('import.events', { events: result.events.slice(0, 6).join(', ') })}`}
      </p>
      {result.bad_rows > 0 && (
        <div className="import-left">
          <p>
            <b>{t('import.left', { count: result.bad_rows })}</b> {t('import.leftHow')}
          </p>
          {result.report !== null && (
            <Button
              icon={<Icon name="import" size={16} />}
              loading={bad.isPending}
              onClick={() => bad.mutate()}
            >
              {t('import.getBad', { count: result.bad_rows })}
            </Button>
          )}
        </div>
      )}
      <ProblemAlert problem={bad.error} />
      <div className="row">
        <Button onClick={onAgain}>{t('import.again')}</Button>
        <Button type="primary" onClick={() => void navigate('/items')}>
          {t('import.see')}
        </Button>
      </div>
    </section>
  );
}
