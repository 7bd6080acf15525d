import type { TableProps } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import type { FormRecord } from '../../forms/calls';
import { useKinds } from '../../forms/calls';
import { askedShape } from '../../forms/controls';
import type { FormField, Shape } from '../../forms/model';
import { ShowValue } from '../../forms/ShowValue';

interface Sorting {
  sort: string | undefined;
  onSort: (sort: string | null) => void;
}

const UNSORTED: ReadonlySet<Shape> = new Set(['json', 'references', 'rows', 'layout', 'derived']);

/** The columns of a list of records: the fields chosen, then who added it when. */
export function useColumns(
  fields: readonly FormField[],
  { sort, onSort }: Sorting,
): NonNullable<TableProps<FormRecord>['columns']> {
  const { t } = useTranslation();
  const kinds = useKinds();
  const columns = fields.map((field, place) => {
    const kept = askedShape(field, kinds);
    const direction = sort === field.code ? 'up' : sort === `-${field.code}` ? 'down' : undefined;
    const next = direction === undefined ? field.code : direction === 'up' ? `-${field.code}` : null;
    return {
      key: field.id,
      ...(place === 0 && { fixed: 'left' as const }),
      ...(kept === 'number' && { align: 'right' as const }),
      onHeaderCell: () => ({ 'aria-sort': ariaSort(direction) }),
      title: UNSORTED.has(kept) ? (
        field.title
      ) : (
        <button type="button" className="records-sort" onClick={() => onSort(next)}>
          {field.title}
          {direction !== undefined && (
            <span className={direction === 'up' ? 'records-arrow records-up' : 'records-arrow'}>
              <Icon name="down" size={14} />
            </span>
          )}
        </button>
      ),
      render: (_: unknown, row: FormRecord) => (
        <span className={place === 0 ? 'records-cell records-first' : 'records-cell'}>
          {row.states[field.code] === 'masked' && <Icon name="hidden" size={14} />}
          <ShowValue field={field} value={row.values[field.code]} short />
        </span>
      ),
    };
  });
  return [
    ...columns,
    { key: '#by', title: t('records.by'), render: (_, row) => row.created_by },
    {
      key: '#at',
      title: t('records.at'),
      render: (_, row) => (
        <span className="number hint">{dayjs(row.created_at).format('YYYY-MM-DD HH:mm')}</span>
      ),
    },
  ];
}

function ariaSort(direction: 'up' | 'down' | undefined) {
  return direction === undefined
    ? ('none' as const)
    : direction === 'up'
      ? ('ascending' as const)
      : ('descending' as const);
}
