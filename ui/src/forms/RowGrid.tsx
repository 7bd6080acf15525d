import { Button, Pagination } from 'antd';
import type { ClipboardEvent } from 'react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../components/Icon';
import { useKinds } from './calls';
import { shape } from './controls';
import { GridRow } from './GridRow';
import { useLiveEntry } from './LiveEntry';
import { cellsOf, pasted } from './pasting';
import type { RowsProps } from './rowActions';
import { rowActions } from './rowActions';

const AT_ONCE = 50;

/** The rows of a sub-table as a grid that takes a paste from a sheet; long ones page by page. */
export function RowGrid(props: RowsProps) {
  const { field, columns, rows, disabled = false, faults } = props;
  const { t } = useTranslation();
  const kinds = useKinds();
  const live = useLiveEntry();
  const states = live?.worked.rows[field.code];
  const [page, setPage] = useState(1);
  const first = (Math.min(page, Math.max(1, Math.ceil(rows.length / AT_ONCE))) - 1) * AT_ONCE;
  useRevealed(field.code, (row) => setPage(Math.floor(row / AT_ONCE) + 1));

  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  const act = useCallback((does: (actions: ReturnType<typeof rowActions>) => void) => {
    does(rowActions(latest.current));
  }, []);
  const paste = useCallback(
    (event: ClipboardEvent, row: number, column: number) => {
      const now = latest.current;
      const cells = cellsOf(event.clipboardData.getData('text/plain'));
      if (cells === null || now.disabled === true) return;
      event.preventDefault();
      const typed = now.columns.map((one) => ({ field: one, shape: shape(one, kinds) }));
      now.onChange(pasted(now.rows, cells, typed, row, column));
    },
    [kinds],
  );
  // A column that no row shows is not there.
  const seen = columns.filter(
    (one) =>
      states === undefined || states.length === 0 || states.some((row) => row[one.code]?.shown !== false),
  );
  const leave = live?.leave;
  return (
    <div className="row-grid-box" id={props.id} role="group" aria-label={field.title}>
      <div className="row-grid-scroll">
        <table className="row-grid">
          <thead>
            <tr>
              <th scope="col" aria-label={t('fields.line')} className="row-grid-no" />
              {seen.map((one) => (
                <th key={one.id} scope="col">
                  {one.title}
                  {one.required && <span className="field-must">*</span>}
                </th>
              ))}
              {!disabled && <th scope="col" aria-label={t('more')} />}
            </tr>
          </thead>
          <tbody>
            {rows.slice(first, first + AT_ONCE).map((row, offset) => {
              const at = first + offset;
              return (
                <GridRow
                  key={at}
                  {...{ row, at, disabled, table: field.code, id: props.id }}
                  columns={columns}
                  seen={seen.map((one) => one.code).join(' ')}
                  wrong={wrongIn(faults, at)}
                  states={states?.[at]}
                  onAct={act}
                  onPaste={paste}
                  onLeave={leave}
                />
              );
            })}
            {rows.length === 0 && (
              <tr>
                <td className="row-grid-none" colSpan={columns.length + 2}>
                  {t(disabled ? 'fields.noRows' : 'fields.noRowsYet')}
                </td>
              </tr>
            )}
          </tbody>
        </table>
      </div>
      <div className="row-grid-foot">
        {!disabled && (
          <Button
            type="link"
            size="small"
            icon={<Icon name="plus" size={16} />}
            onClick={() => {
              act((actions) => actions.add());
              setPage(Math.ceil((rows.length + 1) / AT_ONCE));
            }}
            onPaste={(event) => paste(event, rows.length, 0)}
          >
            {t('fields.addRow')}
          </Button>
        )}
        <span className="hint grow">{!disabled && t('fields.pasteHow')}</span>
        {rows.length > AT_ONCE && (
          <Pagination
            size="small"
            current={first / AT_ONCE + 1}
            pageSize={AT_ONCE}
            total={rows.length}
            showSizeChanger={false}
            onChange={setPage}
          />
        )}
      </div>
    </div>
  );
}

/** What is wrong in one row, as one text, so that a row is drawn anew only when that differs. */
function wrongIn(faults: ReadonlyMap<string, string> | undefined, at: number): string {
  if (faults === undefined || faults.size === 0) return '';
  const found = [...faults].filter(([place]) => place.startsWith(`/${at}/`));
  return found.length === 0 ? '' : JSON.stringify(found.map(([place, said]) => [place.split('/')[2], said]));
}

/** Does something whenever a row of a sub-table is to come in sight. */
export function useRevealed(table: string, show: (row: number) => void): void {
  const reveal = useLiveEntry()?.reveal ?? null;
  const latest = useRef(show);
  useEffect(() => {
    latest.current = show;
  });
  useEffect(() => {
    const [, code, row] = reveal?.place.split('/') ?? [];
    if (code === table && row !== undefined) latest.current(Number(row));
  }, [reveal, table]);
}
