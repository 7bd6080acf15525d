import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScanTaskEntry } from './useScanTask';

/** A quantity: up to six decimals, above zero, and too short to be a code. */
const QUANTITY = /^(?!0*\.?0*$)\d{1,7}(\.\d{1,6})?$/;

/** How much of a batch, or of loose goods, was scanned. */
export function AskQuantity({ entry }: { entry: ScanTaskEntry }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const good = QUANTITY.test(typed.trim());
  useEffect(() => input.current?.focus(), []);
  return (
    <form
      className="board-quantity"
      onSubmit={(event) => {
        event.preventDefault();
        if (good) entry.count(Number(typed.trim()));
      }}
    >
      <label>
        <span>{t('tasks.scan.quantity')}</span>
        <input
          ref={input}
          className="mono"
          inputMode="decimal"
          autoComplete="off"
          value={typed}
          aria-invalid={typed !== '' && !good}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      <Button size="large" htmlType="submit" disabled={!good}>
        {t('tasks.scan.countIt')}
      </Button>
      <Button size="large" type="text" className="st-cancel" onClick={entry.acknowledge}>
        {t('tasks.scan.notThis')}
      </Button>
    </form>
  );
}
