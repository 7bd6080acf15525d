import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../components/Icon';
import { FieldBox } from './FieldBox';
import { useLiveEntry } from './LiveEntry';
import type { LiveState } from './live/live';
import { useRevealed } from './RowGrid';
import { asText, isEmpty } from './model';
import type { RowsProps } from './rowActions';
import { rowActions } from './rowActions';

const AT_ONCE = 30;

/** The rows of a sub-table on a phone: cards, of which one is open at a time. */
export function RowCards(props: RowsProps) {
  const { columns, rows, disabled = false, faults } = props;
  const { t } = useTranslation();
  const [open, setOpen] = useState<number | null>(null);
  const [most, setMost] = useState(AT_ONCE);
  const { add, copy, remove, set } = rowActions(props);
  const live = useLiveEntry();
  const states = live?.worked.rows[props.field.code];
  useRevealed(props.field.code, (row) => {
    setMost((now) => Math.max(now, row + 1));
    setOpen(row);
  });
  const wrong = (at: number) => [...(faults?.keys() ?? [])].some((key) => key.startsWith(`/${at}/`));
  return (
    <div className="row-cards-edit" id={props.id} role="group" aria-label={props.field.title}>
      {rows.slice(0, most).map((row, at) => {
        const unfolded = open === at || wrong(at);
        const told = columns
          .map((one) => row[one.code])
          .filter((value) => !isEmpty(value) && typeof value !== 'boolean')
          .map(asText);
        return (
          <section key={at} className={wrong(at) ? 'row-card row-card-wrong' : 'row-card'}>
            <button
              type="button"
              className="row-card-head"
              aria-expanded={unfolded}
              onClick={() => setOpen(open === at ? null : at)}
            >
              <b className="number">{at + 1}</b>
              <span className="row-card-told">{told.slice(0, 3).join(' · ') || t('fields.emptyRow')}</span>
              <Icon name={unfolded ? 'down' : 'right'} size={16} />
            </button>
            {unfolded && (
              <div className="row-card-body">
                {columns
                  .filter((one) => states?.[at]?.[one.code]?.shown !== false)
                  .map((one) => (
                    <FieldBox
                      key={one.id}
                      field={one}
                      {...liveOf(states?.[at]?.[one.code])}
                      onLeave={() => live?.leave(`/${props.field.code}/${at}/${one.code}`)}
                      id={`${props.id}-${at}-${one.code}`}
                      value={row[one.code] ?? null}
                      disabled={disabled}
                      fault={faults?.get(`/${at}/${one.code}`)}
                      onChange={(value) => set(at, one.code, value)}
                    />
                  ))}
                {!disabled && (
                  <div className="row-card-acts">
                    <Button icon={<Icon name="copy" size={16} />} onClick={() => copy(at)}>
                      {t('fields.copyRow')}
                    </Button>
                    <Button
                      danger
                      icon={<Icon name="trash" size={16} />}
                      onClick={() => {
                        remove(at);
                        setOpen(null);
                      }}
                    >
                      {t('delete')}
                    </Button>
                  </div>
                )}
              </div>
            )}
          </section>
        );
      })}
      {rows.length > most && (
        <Button block onClick={() => setMost(most + AT_ONCE)}>
          {t('fields.moreRows', { count: rows.length - most })}
        </Button>
      )}
      {disabled && rows.length === 0 && <p className="muted">{t('fields.noRows')}</p>}
      {!disabled && (
        <Button
          block
          className="row-card-add"
          icon={<Icon name="plus" size={16} />}
          onClick={() => {
            add();
            setOpen(rows.length);
            setMost(Math.max(most, rows.length + 1));
          }}
        >
          {t('fields.addRow')}
        </Button>
      )}
    </div>
  );
}

const liveOf = (live: LiveState | undefined) => (live === undefined ? {} : { live });
