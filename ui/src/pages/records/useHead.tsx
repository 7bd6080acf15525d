import type { MenuProps } from 'antd';
import { useTranslation } from 'react-i18next';
import { useKinds } from '../../forms/calls';
import type { FormField, Shape } from '../../forms/model';
import type { GridColumn } from './grid/columns';
import { columnsOf, frozenUpTo, kept, moved, stepped } from './grid/columns';
import type { Method, ViewBody, ViewColumn } from './views/model';
import { canGroup, hasUnit, methodsOf } from './views/model';

const UNSORTED: ReadonlySet<Shape> = new Set(['json', 'references', 'rows', 'layout', 'derived']);

/** The columns of a view, and everything that can be done with them. */
export function useHead(
  fields: readonly FormField[],
  body: ViewBody,
  change: (part: Partial<ViewBody>) => void,
  /** Fields that the reader does not see whole: nothing goes by them. */
  partial: readonly string[],
) {
  const { t } = useTranslation();
  const kinds = useKinds();
  const columns = columnsOf(fields, body.columns, kinds);
  const put = (next: readonly GridColumn[]) => change({ columns: kept(next, body.columns) });
  const titleOf = (column: GridColumn) => column.field?.title ?? t(`records.system.${column.key.slice(1)}`);
  const whole = (column: GridColumn) => column.field !== null && !partial.includes(column.key);
  const sortable = (column: GridColumn) => whole(column) && !UNSORTED.has(column.shape);
  const width = (key: string, next: number | null) => {
    const all: ViewColumn[] = kept(columns, body.columns);
    change({ columns: all.map((one) => (one.field === key ? { ...one, width: next } : one)) });
  };
  const totals = body.options.totals ?? {};
  const total = (code: string, method: Method | null) => {
    const { [code]: _before, ...rest } = totals;
    change({ options: { ...body.options, totals: method === null ? rest : { ...rest, [code]: method } } });
  };
  const menuOf = (column: GridColumn): NonNullable<MenuProps['items']> => {
    const { field } = column;
    const methods = methodsOf(column.shape);
    const frozen = columns.filter((one) => one.frozen && !one.hidden).at(-1)?.key === column.key;
    return [
      ...(sortable(column)
        ? [
            { key: 'up', label: t('records.grid.up'), onClick: () => change({ sort: column.key }) },
            { key: 'down', label: t('records.grid.down'), onClick: () => change({ sort: `-${column.key}` }) },
          ]
        : []),
      ...(field !== null && whole(column) && canGroup(column.shape)
        ? [
            {
              key: 'group',
              label: t('records.grid.group'),
              onClick: () =>
                change({
                  group: [{ field: field.code, by: hasUnit(column.shape) ? 'month' : null, down: false }],
                }),
            },
          ]
        : []),
      ...(field !== null && whole(column) && methods.length > 0
        ? [
            {
              key: 'total',
              label: t('records.grid.total'),
              children: [
                { key: 'none', label: t('records.total.none'), onClick: () => total(field.code, null) },
                ...methods.map((method) => ({
                  key: method,
                  label: t(`records.total.${method}`),
                  onClick: () => total(field.code, method),
                })),
              ],
            },
          ]
        : []),
      { type: 'divider' as const },
      {
        key: 'freeze',
        label: t(frozen ? 'records.unfreeze' : 'records.grid.freeze'),
        onClick: () => put(frozenUpTo(columns, frozen ? null : column.key)),
      },
      { key: 'left', label: t('records.grid.left'), onClick: () => put(stepped(columns, column.key, -1)) },
      { key: 'right', label: t('records.grid.right'), onClick: () => put(stepped(columns, column.key, 1)) },
      {
        key: 'hide',
        label: t('records.grid.hide'),
        disabled: columns.filter((one) => !one.hidden).length === 1,
        onClick: () => put(columns.map((one) => (one.key === column.key ? { ...one, hidden: true } : one))),
      },
    ];
  };
  return {
    columns,
    titleOf,
    sortable,
    menuOf,
    put,
    width,
    move: (key: string, before: string | null) => put(moved(columns, key, before)),
    step: (key: string, by: -1 | 1) => put(stepped(columns, key, by)),
  };
}
