import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Code } from '../../components/Code';
import { ItemState } from '../../components/ItemState';
import { Tag } from '../../components/Tags';
import type { DrawingProps } from './Graph';
import type { Row } from './tree';

/** The same rows as words: a table at a desk, a tree list on the phone. */
export function PartTable({ rows, name, traced, onToggle, onWhole, label }: DrawingProps) {
  const { t } = useTranslation();
  return (
    <div className="parts-scroll">
      <table className="part-table" aria-label={label}>
        <thead>
          <tr>
            <th scope="col">{t('genealogy.part')}</th>
            <th scope="col">{t('code')}</th>
            <th scope="col">{t('batch_')}</th>
            <th scope="col" className="part-number">
              {t('quantity')}
            </th>
            <th scope="col">{t('genealogy.since')}</th>
            <th scope="col">{t('genealogy.until')}</th>
            <th scope="col">{t('state_')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.path} className={rowClass(row, traced)}>
              <td style={{ paddingLeft: 12 + row.level * 20 }}>
                <span className="part-cell">
                  {row.inner !== 'none' && row.level > 0 ? (
                    <button
                      type="button"
                      className="part-fold"
                      aria-expanded={row.inner === 'open'}
                      aria-label={t('genealogy.unfold', { code: row.node.code })}
                      onClick={() => onToggle(row.path)}
                    >
                      {row.inner === 'open' ? '−' : '+'}
                    </button>
                  ) : (
                    <span className="part-fold" aria-hidden="true" />
                  )}
                  {row.node.product === null ? t('genealogy.package') : name(row.node.product)}
                  {row.tense !== 'present' && (
                    <Tag tone={row.tense === 'past' ? 'grey' : 'ink'}>
                      {t(`genealogy.tense.${row.tense}`)}
                    </Tag>
                  )}
                  {row.hidden > 0 && (
                    <button type="button" className="parts-more" onClick={() => onWhole(row.path)}>
                      {t('genealogy.more', { count: row.hidden, code: row.node.code })}
                    </button>
                  )}
                </span>
              </td>
              <td>
                {row.node.kind === 'item' && row.level > 0 ? (
                  <Link to={`/items/${encodeURIComponent(row.node.code)}?tab=parts`}>
                    <Code value={row.node.code} copy={false} />
                  </Link>
                ) : row.node.kind === 'item' ? (
                  <Code value={row.node.code} copy={false} />
                ) : (
                  <span className="muted">{t('genealogy.byBatch')}</span>
                )}
              </td>
              <td className="mono">{row.node.kind === 'batch' ? row.node.code : row.node.batch}</td>
              <td className="part-number number">{row.edge === null ? '' : row.edge.quantity}</td>
              <td className="mono">{row.edge && dayjs(row.edge.since).format('YYYY-MM-DD')}</td>
              <td className="mono">
                {row.edge?.until == null ? '' : dayjs(row.edge.until).format('YYYY-MM-DD')}
              </td>
              <td>
                {row.node.state !== null && row.node.state !== '' && <ItemState state={row.node.state} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const rowClass = (row: Row, traced: (row: Row) => boolean) =>
  [row.tense === 'present' ? '' : `part-row-${row.tense}`, traced(row) && 'part-row-traced']
    .filter(Boolean)
    .join(' ');
