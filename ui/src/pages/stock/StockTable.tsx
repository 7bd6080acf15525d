import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { StockRow } from '../../api/client';
import type { Place, Product } from '../../api/master';
import { Icon } from '../../components/Icon';
import { ItemState } from '../../components/ItemState';
import { QualityTag, Tag } from '../../components/Tags';
import { useIsPhone } from '../../components/useIsPhone';
import type { Grouping, StockGroup } from './groups';
import { itemsBehind } from './groups';
import { StateBar } from './StateBar';

interface Names {
  product: Map<string, Product>;
  place: Map<string, Place>;
}

interface StockTableProps {
  groups: StockGroup[];
  by: Grouping;
  names: Names;
  isFolded: (key: string) => boolean;
  onFold: (key: string) => void;
}

const number = (quantity: number) => quantity.toLocaleString('en', { maximumFractionDigits: 6 });

/** Balances in groups, each with its subtotal and how it is spread over the states. */
export function StockTable({ groups, by, names, isFolded, onFold }: StockTableProps) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const columns = (['product', 'batch', 'place', 'state'] as const).filter((name) => name !== by);
  return (
    <div className="card stock-scroll">
      <table className="stock-table" aria-label={t('stock.title')}>
        <thead className={phone ? 'visually-hidden' : undefined}>
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col">
                {t(`stock.column.${name}`)}
              </th>
            ))}
            <th scope="col">{t('stock.column.quality')}</th>
            <th scope="col">{t('stock.column.owner')}</th>
            <th scope="col" className="stock-right">
              {t('quantity')}
            </th>
            <th aria-label={t('stock.items')} />
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <Fragment key={group.key}>
              <GroupHead
                group={group}
                by={by}
                names={names}
                folded={isFolded(group.key)}
                span={columns.length + 1}
                onFold={() => onFold(group.key)}
              />
              {!isFolded(group.key) &&
                group.rows.map((row, index) => <Row key={index} row={row} columns={columns} names={names} />)}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface GroupHeadProps {
  group: StockGroup;
  by: Grouping;
  names: Names;
  folded: boolean;
  span: number;
  onFold: () => void;
}

function GroupHead({ group, by, names, folded, span, onFold }: GroupHeadProps) {
  const { t } = useTranslation();
  const unit = by === 'product' ? names.product.get(group.key)?.unit : undefined;
  return (
    <tr className="stock-group">
      <th scope="rowgroup" colSpan={span}>
        <button type="button" onClick={onFold} aria-expanded={!folded}>
          <Icon name={folded ? 'right' : 'down'} size={14} />
          <GroupName group={group} by={by} names={names} />
          <span className="hint">{t('stock.rows', { count: group.rows.length })}</span>
        </button>
      </th>
      <td className="stock-spread">
        <StateBar states={group.states} total={group.quantity} />
      </td>
      <td className="stock-right">
        {by !== 'state' && group.inStock !== group.quantity && (
          <>
            <span className="hint">{t('stock.inStock')}</span>{' '}
            <span className="number">{number(group.inStock)}</span> /{' '}
          </>
        )}
        <b className="number">{number(group.quantity)}</b> <span className="hint">{unit}</span>
        {group.blocked > 0 && (
          <div className="stock-blocked">{t('stock.blockedOf', { count: group.blocked })}</div>
        )}
      </td>
      <td />
    </tr>
  );
}

function GroupName({ group, by, names }: { group: StockGroup; by: Grouping; names: Names }) {
  const { t } = useTranslation();
  if (group.key === '') return <b>{t(`stock.without.${by}`)}</b>;
  if (by === 'state') return <ItemState state={group.key} />;
  return (
    <>
      <b className="mono">{group.key}</b>
      <span className="muted">{names[by].get(group.key)?.name}</span>
    </>
  );
}

interface RowProps {
  row: StockRow;
  columns: readonly ('product' | 'batch' | 'place' | 'state')[];
  names: Names;
}

function Row({ row, columns, names }: RowProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const to = itemsBehind(row);
  return (
    <tr className="stock-row" onClick={() => void navigate(to)}>
      {columns.map((name) => (
        <td key={name} data-column={name}>
          <Value name={name} row={row} names={names} />
        </td>
      ))}
      <td data-column="quality">
        <span className="row">
          <QualityTag quality={row.quality} />
          {row.blocked && <Tag tone="red">{t('stock.blocked')}</Tag>}
        </span>
      </td>
      <td data-column="owner">
        {row.owner === null ? t('stock.ours') : <span className="mono">{row.owner}</span>}
      </td>
      <td className="stock-right" data-column="quantity">
        <span className="number">{number(row.quantity)}</span>
      </td>
      <td data-column="open">
        <Link to={to} aria-label={t('stock.openItems')} onClick={(event) => event.stopPropagation()}>
          <Icon name="right" size={14} />
        </Link>
      </td>
    </tr>
  );
}

function Value({
  name,
  row,
  names,
}: {
  name: 'product' | 'batch' | 'place' | 'state';
  row: StockRow;
  names: Names;
}) {
  const { t } = useTranslation();
  if (name === 'state') return <ItemState state={row.state} />;
  const value = row[name];
  if (value === null)
    return <span className="muted">{name === 'place' ? t('stock.without.place') : '–'}</span>;
  const known = name === 'batch' ? undefined : names[name].get(value)?.name;
  return (
    <>
      <span className="mono">{value}</span> {known !== undefined && <span className="muted">{known}</span>}
    </>
  );
}
