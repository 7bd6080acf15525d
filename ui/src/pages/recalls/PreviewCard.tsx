import { Alert, Spin } from 'antd';
import { useTranslation } from 'react-i18next';
import { Code } from '../../components/Code';
import { ItemState } from '../../components/ItemState';
import { ProblemAlert } from '../../components/ProblemAlert';
import type { Preview } from './calls';

interface PreviewCardProps {
  preview: Preview | undefined;
  pending: boolean;
  error: unknown;
  empty: boolean;
}

/** What the criteria take as they stand: how many, where, and what to mind. */
export function PreviewCard({ preview, pending, error, empty }: PreviewCardProps) {
  const { t } = useTranslation();
  const most = Math.max(1, ...(preview?.by_where ?? []).map((row) => row.total));
  return (
    <section className="card recall-preview" aria-label={t('recalls.preview')} aria-busy={pending}>
      <div className="card-head">
        <h2>{t('recalls.preview')}</h2>
        <span className="hint">{t('recalls.previewHow')}</span>
        <span className="grow" />
        {pending && !empty && <Spin size="small" />}
      </div>
      {empty && <p className="recall-wait muted">{t('recalls.previewEmpty')}</p>}
      {!empty && error !== null && <ProblemAlert problem={error} />}
      {!empty && preview !== undefined && (
        <>
          <p className="recall-count" aria-live="polite">
            <b className="number">{preview.total.toLocaleString()}</b> {t('recalls.pieces')}
            {preview.parts > 0 && (
              <span className="muted"> {t('recalls.andParts', { count: preview.parts })}</span>
            )}
          </p>
          {preview.warnings.map((warning) => (
            <Alert
              key={warning}
              type="warning"
              showIcon
              title={t(`recalls.warning.${warning}`, { defaultValue: warning })}
              description={
                warning === 'recall_unknown_codes' && (
                  <span className="mono">{preview.unknown_codes.slice(0, 10).join('  ')}</span>
                )
              }
            />
          ))}
          <table className="recall-bars" aria-label={t('recalls.where')}>
            <tbody>
              {preview.by_where.map((row) => (
                <tr key={`${row.place ?? ''} ${row.state}`}>
                  <th scope="row">
                    <ItemState state={row.state} /> {row.place_name ?? row.place}
                    {row.partners > 0 && (
                      <span className="hint"> {t('recalls.partners', { count: row.partners })}</span>
                    )}
                  </th>
                  <td className="number">{row.total.toLocaleString()}</td>
                  <td className="recall-bar">
                    <span style={{ width: `${(row.total * 100) / most}%` }} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {preview.quantities.length > 0 && (
            <div className="recall-stock">
              <h3>{t('recalls.stock')}</h3>
              <ul>
                {preview.quantities.slice(0, 8).map((row, index) => (
                  <li key={index} className="row">
                    <span className="mono">
                      {row.product} {row.batch}
                    </span>
                    <span className="mono muted grow">{row.place}</span>
                    <b className="number">{row.quantity.toLocaleString()}</b>
                  </li>
                ))}
              </ul>
            </div>
          )}
          {preview.sample.length > 0 && (
            <p className="recall-sample">
              {preview.sample.slice(0, 6).map((code) => (
                <Code key={code} value={code} />
              ))}
            </p>
          )}
        </>
      )}
    </section>
  );
}
