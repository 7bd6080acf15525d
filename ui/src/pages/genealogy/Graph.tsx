import dayjs from 'dayjs';
import type { KeyboardEvent } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { Code } from '../../components/Code';
import { Icon } from '../../components/Icon';
import { across, isHigh, laidOut, lineTo } from './layout';
import type { Spot } from './layout';
import type { Row } from './tree';

/** What a drawing of parts needs besides its rows. */
export interface DrawingProps {
  rows: Row[];
  /** Name of a product. */
  name: (product: string | null) => string;
  /** Whether the trace that is followed runs through this row. */
  traced: (row: Row) => boolean;
  onToggle: (path: string) => void;
  onWhole: (path: string) => void;
  label: string;
}

/** Parts as a drawing: the thing at the left, what it holds beside it, level by level, batches at the right. */
export function Graph({ rows, name, traced, onToggle, onWhole, label }: DrawingProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [focus, setFocus] = useState(0);
  const { spots, batches, width, height } = laidOut(rows, (row) => isHigh(row) || traced(row));
  const spotOf = new Map(spots.map((spot) => [spot.row, spot]));
  const open = (row: Row) => {
    if (row.node.kind === 'item' && row.level > 0)
      void navigate(`/items/${encodeURIComponent(row.node.code)}?tab=parts`);
  };
  const press = (event: KeyboardEvent<HTMLElement>, row: Row, index: number) => {
    const to = stepOf(event.key, rows, index);
    if (event.key === 'Enter') open(row);
    else if (event.key === 'ArrowRight' && row.inner === 'closed') onToggle(row.path);
    else if (event.key === 'ArrowLeft' && row.inner === 'open' && row.level > 0) onToggle(row.path);
    else if (to !== null) {
      setFocus(to);
      const tree = event.currentTarget.parentElement;
      tree?.querySelector<HTMLElement>(`[data-row="${to}"]`)?.focus();
    } else return;
    event.preventDefault();
  };
  return (
    <div className="parts-scroll">
      <div className="parts-graph" role="tree" aria-label={label} style={{ width, height }}>
        <svg width={width} height={height} aria-hidden="true">
          {spots.map((spot) => {
            const above = spot.row.parent === null ? undefined : rows[spot.row.parent];
            const from = above && spotOf.get(above);
            return (
              from && (
                <path key={spot.row.path} className={lineClass(spot.row, traced)} d={lineTo(from, spot)} />
              )
            );
          })}
          {batches.map((spot) => {
            const from = spotOf.get(spot.row);
            return (
              from && (
                <path key={spot.row.path} className={lineClass(spot.row, traced)} d={across(from, spot)} />
              )
            );
          })}
        </svg>
        {spots.map((spot) => {
          const index = rows.indexOf(spot.row);
          return (
            <div
              key={spot.row.path}
              role="treeitem"
              data-row={index}
              aria-level={spot.row.level + 1}
              aria-selected={focus === index}
              {...(spot.row.inner !== 'none' && { 'aria-expanded': spot.row.inner === 'open' })}
              tabIndex={focus === index ? 0 : -1}
              className={cardClass(spot.row, traced)}
              style={placed(spot)}
              onClick={() => open(spot.row)}
              onFocus={() => setFocus(index)}
              onKeyDown={(event) => press(event, spot.row, index)}
            >
              <Card row={spot.row} name={name} traced={traced(spot.row)} />
              {spot.row.inner !== 'none' && spot.row.level > 0 && (
                <span
                  className="part-toggle"
                  aria-hidden="true"
                  onClick={(event) => {
                    event.stopPropagation();
                    onToggle(spot.row.path);
                  }}
                >
                  {spot.row.inner === 'open' ? '−' : '+'}
                </span>
              )}
            </div>
          );
        })}
        {batches.map((spot) => (
          <div
            key={spot.row.path}
            className={traced(spot.row) ? 'part-batch part-traced' : `part-batch part-${spot.row.tense}`}
            style={placed(spot)}
          >
            <span className="mono">{spot.batch}</span>
          </div>
        ))}
      </div>
      {rows
        .filter((row) => row.hidden > 0)
        .map((row) => (
          <button key={row.path} type="button" className="parts-more" onClick={() => onWhole(row.path)}>
            {t('genealogy.more', { count: row.hidden, code: row.node.code })}
          </button>
        ))}
    </div>
  );
}

function Card({ row, name, traced }: { row: Row; name: DrawingProps['name']; traced: boolean }) {
  const { t } = useTranslation();
  const { node, edge } = row;
  if (row.level === 0) {
    return (
      <>
        <b>{node.product === null ? t('genealogy.package') : name(node.product)}</b>
        <Code value={node.code} copy={false} />
        {node.product !== null && <span className="part-when mono">{node.product}</span>}
      </>
    );
  }
  const when =
    edge &&
    (isHigh(row) || traced) &&
    (edge.until === null
      ? t('genealogy.from', { from: dayjs(edge.since).format('MM-DD') })
      : t('genealogy.fromTo', {
          from: dayjs(edge.since).format('MM-DD'),
          to: dayjs(edge.until).format('MM-DD'),
        }));
  return (
    <>
      <span className="part-name">
        {row.tense === 'past' && `${t('genealogy.was')} `}
        {row.tense === 'future' && `${t('genealogy.willBe')} `}
        {node.product === null ? t('genealogy.package') : name(node.product)}
      </span>
      {when !== null && when !== false && <span className="part-when mono">{when}</span>}
      <span className="part-code">
        {node.kind === 'item' ? (
          <Code value={node.code} copy={false} />
        ) : (
          <span className="muted">{t('genealogy.quantity', { quantity: edge?.quantity ?? 0 })}</span>
        )}
      </span>
    </>
  );
}

const placed = (spot: Spot) => ({ left: spot.x, top: spot.y, width: spot.width, height: spot.height });

function cardClass(row: Row, traced: (row: Row) => boolean): string {
  if (row.level === 0) return 'part part-root';
  return [
    'part',
    `part-${row.tense}`,
    traced(row) && 'part-traced',
    (isHigh(row) || traced(row)) && 'part-high',
  ]
    .filter(Boolean)
    .join(' ');
}

function lineClass(row: Row, traced: (row: Row) => boolean): string {
  return `part-line part-line-${row.tense}${traced(row) ? ' part-line-traced' : ''}`;
}

/** Where an arrow key leads: up and down along the rows, left to what holds it. */
function stepOf(key: string, rows: Row[], index: number): number | null {
  if (key === 'ArrowDown') return Math.min(index + 1, rows.length - 1);
  if (key === 'ArrowUp') return Math.max(index - 1, 0);
  if (key === 'Home') return 0;
  if (key === 'End') return rows.length - 1;
  if (key === 'ArrowLeft') return rows[index]?.parent ?? null;
  if (key === 'ArrowRight' && rows[index + 1]?.parent === index) return index + 1;
  return null;
}

/** The mark that leads from one part to the next: B → C. */
export function Replaced({ out, into }: { out: string; into: string }) {
  return (
    <span className="replaced">
      <s>
        <Code value={out} copy={false} />
      </s>
      <Icon name="right" size={14} />
      <Code value={into} copy={false} diffFrom={out} />
    </span>
  );
}
