import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState';
import type { RollIssue } from './calls';

/** To whom labels were given out, and what became of each lot. */
export function IssueTable({ issues }: { issues: RollIssue[] }) {
  const { t } = useTranslation();
  return (
    <section className="card roll-scroll" aria-label={t('rolls.issues')}>
      <div className="card-head">
        <h2>{t('rolls.issues')}</h2>
      </div>
      {issues.length === 0 ? (
        <EmptyState icon="truck" title={t('rolls.noIssues')}>
          {t('rolls.noIssuesHow')}
        </EmptyState>
      ) : (
        <table className="roll-numbers">
          <thead>
            <tr>
              <th scope="col">{t('rolls.issuedTo')}</th>
              <th scope="col">{t('rolls.setRange')}</th>
              <th scope="col">{t('rolls.sum.issued')}</th>
              <th scope="col">{t('rolls.sum.left')}</th>
            </tr>
          </thead>
          <tbody>
            {issues.map((one) => (
              <tr key={one.number}>
                <td>
                  <b>{[one.line, one.place, one.partner].filter(Boolean).join(' · ') || '—'}</b>
                  <br />
                  <span className="hint">
                    {dayjs(one.at).format('MM-DD HH:mm')} {one.actor} {one.document}
                  </span>
                </td>
                <td className="number">
                  {one.first_set}–{one.last_set}
                </td>
                <td className="number">{one.issued.toLocaleString()}</td>
                <td className="number">{one.left.toLocaleString()}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
