import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ItemDetail } from '../../api/items';
import { Code } from '../../components/Code';
import { Icon } from '../../components/Icon';
import { useProductNames, useWeb } from '../genealogy/calls';
import { rowsOf } from '../genealogy/tree';
import type { Row } from '../genealogy/tree';

const SHOWN = 14;

interface PartsCardProps {
  asked: string;
  namespace: string | undefined;
  item: ItemDetail;
}

/** What is inside now, as a small tree beside the story; what has been recalled stands out. */
export function PartsCard({ asked, namespace, item }: PartsCardProps) {
  const { t } = useTranslation();
  const { web, root, total } = useWeb({ code: asked, namespace, direction: 'down', at: null, open: [] });
  const name = useProductNames(web.nodes.values());
  if (root === undefined) return null;
  const first = rowsOf(web, root, { open: new Set(), whole: new Set(), others: [] });
  // Two levels are enough here; the drawing has them all.
  const open = new Set(first.filter((row) => row.level === 1).map((row) => row.path));
  const rows = rowsOf(web, root, { open, whole: new Set(), others: [] });
  if (rows.length === 1) return null;
  const inside = first.length - 1 + (first[0]?.hidden ?? 0);
  const bad = rows.slice(1).filter((row) => isRecalled(row));
  const title = t(item.kind === 'package' ? 'life.tab.contents' : 'life.tab.parts');
  return (
    <section className="card" aria-label={title}>
      <div className="card-head">
        <h2>{title}</h2>
        <span className="hint">{t('life.parts.sum', { inside, count: Math.max(total - 1, inside) })}</span>
        <span className="grow" />
        <Link to="?tab=parts" className="hint">
          {t('life.parts.graph')} ›
        </Link>
      </div>
      <ul className="parts-tree">
        {rows.slice(1, SHOWN + 1).map((row) => (
          <li
            key={row.path}
            className={isRecalled(row) ? 'parts-bad' : ''}
            style={{ paddingLeft: 16 + (row.level - 1) * 20 }}
          >
            <span className="parts-name">
              {row.node.product === null ? t('genealogy.package') : name(row.node.product)}
            </span>
            {row.node.kind === 'item' ? (
              <Link to={`/items/${encodeURIComponent(row.node.code)}`} className="parts-code">
                <Code value={row.node.code} copy={false} />
              </Link>
            ) : (
              <span className="parts-code hint">
                {t('genealogy.quantity', { quantity: row.edge?.quantity ?? 0 })}
              </span>
            )}
            <Batch row={row} />
          </li>
        ))}
      </ul>
      {rows.length - 1 > SHOWN && (
        <p className="parts-rest hint">{t('life.parts.rest', { count: rows.length - 1 - SHOWN })}</p>
      )}
      {bad.length > 0 && (
        <p className="parts-alert">
          <Icon name="warning" size={16} />
          <span className="grow">
            {t('life.parts.recalled', { part: name(bad[0]?.node.product ?? null) })}
          </span>
          <Link to="/recalls">{t('life.parts.toRecalls')} ›</Link>
        </p>
      )}
    </section>
  );
}

/** Whether a part carries the mark of a recall. */
export const isRecalled = (row: Row): boolean => row.node.marks.includes('recalled');

function Batch({ row }: { row: Row }) {
  const batch = row.node.kind === 'batch' ? row.node.code : row.node.batch;
  if (batch === null || batch === '') return null;
  return (
    <Link to={`/items?batch=${encodeURIComponent(batch)}`} className="batch-tag mono">
      {batch}
    </Link>
  );
}
