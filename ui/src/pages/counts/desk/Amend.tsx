import { useMutation } from '@tanstack/react-query';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../../components/ProblemAlert';
import { useIsPhone } from '../../../components/useIsPhone';
import type { CountLine } from '../calls';
import type { DeskEntry } from './useCountDesk';

/** A quantity: up to six decimals, zero for none, and too short to be a code. */
const QUANTITY = /^\d{1,7}(\.\d{1,6})?$/;

/** How many the goods are that were just scanned; whoever scans on instead counts them one by one. */
export function Amend({ entry, line, ask }: { entry: DeskEntry; line: CountLine; ask: boolean }) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const [typed, setTyped] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const good = QUANTITY.test(typed.trim());
  const saving = useMutation({ mutationFn: () => entry.amend(line, Number(typed.trim())) });
  useEffect(() => {
    // On a phone the keyboard would hide the answer; a touch calls it.
    if (ask && !phone) input.current?.focus();
  }, [ask, phone]);
  return (
    <>
      <form
        className="board-quantity"
        onSubmit={(event) => {
          event.preventDefault();
          if (good) saving.mutate();
          else if (typed.trim() !== '') {
            // The scanner typed the next code into this field.
            setTyped('');
            entry.scan(typed);
          }
        }}
      >
        <label>
          <span>{t('counts.desk.quantity', { count: line.quantity })}</span>
          <input
            ref={input}
            className="mono"
            inputMode="decimal"
            autoComplete="off"
            value={typed}
            placeholder={String(line.quantity)}
            onChange={(event) => setTyped(event.target.value)}
          />
        </label>
        <Button size="large" htmlType="submit" disabled={!good} loading={saving.isPending}>
          {t('counts.desk.amend')}
        </Button>
        <span className="board-next">{t('counts.desk.quantityHow')}</span>
      </form>
      <ProblemAlert problem={saving.error} />
    </>
  );
}
