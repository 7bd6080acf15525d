import { Button, Pagination, Tooltip } from 'antd';
import type { ClipboardEvent } from 'react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../components/Icon';
import { useKinds } from './calls';
import { shape } from './controls';
import { FieldInput } from './FieldInput';
import { cellsOf, pasted } from './pasting';
import type { RowsProps } from './rowActions';
import { rowActions } from './rowActions';

const AT_ONCE = 50;

/** The rows of a sub-table as a grid that takes a paste from a sheet; long ones page by page. */
export function RowGrid(props: RowsProps) {
  const { field, columns, rows, onChange, disabled = false, faults } = props;
  const { t } = useTranslation();
  const kinds = useKinds();
  const [page, setPage] = useState(1);
  const first = (Math.min(page, Math.max(1, Math.ceil(rows.length / AT_ONCE))) - 1) * AT_ONCE;
  const { add, copy, remove, set } = rowActions(props);
  const paste = (event: ClipboardEvent, row: number, column: number) => {
    const cells = cellsOf(event.clipboardData.getData('text/plain'));
    if (cells === null || disabled) return;
    event.preventDefault();
    const typed = columns.map((one) => ({ field: one, shape: shape(one, kinds) }));
    onChange(pasted(rows, cells, typed, row, column));
  };
  return (
    <div className="row-grid-box" id={props.id} role="group" aria-label={field.title}>
      <div className="row-grid-scroll">
        <table className="row-grid">
          <thead>
            <tr>
              <th scope="col" aria-label={t('fields.line')} className="row-grid-no" />
              {columns.map((one) => (
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
                <tr key={at}>
                  <td className="row-grid-no">{at + 1}</td>
                  {columns.map((one, column) => {
                    const wrong = faults?.get(`/${at}/${one.code}`);
                    return (
                      <td key={one.id} onPasteCapture={(event) => paste(event, at, column)}>
                        <span className="visually-hidden" id={`${props.id}-${at}-${one.code}-name`}>
                          {one.title} {at + 1}
                        </span>
                        <FieldInput
                          field={one}
                          id={`${props.id}-${at}-${one.code}`}
                          value={row[one.code] ?? null}
                          disabled={disabled || one.read_only === true}
                          invalid={wrong !== undefined}
                          describedBy={`${props.id}-${at}-${one.code}-name`}
                          dense
                          onChange={(value) => set(at, one.code, value)}
                        />
                        {wrong !== undefined && <p className="field-fault">{wrong}</p>}
                      </td>
                    );
                  })}
                  {!disabled && (
                    <td className="row-grid-acts">
                      <Tooltip title={t('fields.copyRow')} mouseEnterDelay={0.6}>
                        <Button
                          type="text"
                          size="small"
                          aria-label={t('fields.copyRowOf', { row: at + 1 })}
                          icon={<Icon name="copy" size={16} />}
                          onClick={() => copy(at)}
                        />
                      </Tooltip>
                      <Button
                        type="text"
                        size="small"
                        aria-label={t('fields.deleteRowOf', { row: at + 1 })}
                        icon={<Icon name="trash" size={16} />}
                        onClick={() => remove(at)}
                      />
                    </td>
                  )}
                </tr>
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
              add();
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
