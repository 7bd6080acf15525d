import { Button } from 'antd';
import type { KeyboardEvent } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { WedgeDetector } from '../../scan/wedge';
import type { ScanDesk } from './desk';
import type { ScanRow } from './model';

/** A quantity: up to six decimals, above zero, and too short to be a code. */
const QUANTITY = /^(?!0*\.?0*$)\d{1,7}(\.\d{1,6})?$/;

/** Asks how many; a scan that comes instead of a number is taken as a scan. */
export function QuantityPrompt({ desk, row }: { desk: ScanDesk; row: ScanRow }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(row.goods?.quantity ?? '1');
  const input = useRef<HTMLInputElement>(null);
  const detector = useRef(new WedgeDetector());

  useEffect(() => {
    input.current?.focus();
    input.current?.select();
  }, []);
  // A further scan of the same product has added to it.
  const [known, setKnown] = useState(row.goods?.quantity);
  if (row.goods && row.goods.quantity !== known) {
    setKnown(row.goods.quantity);
    setTyped(row.goods.quantity);
  }

  const scanned = (code: string) => {
    setTyped(row.goods?.quantity ?? '1');
    desk.scan(code);
  };
  const enter = () => {
    const text = typed.trim();
    if (QUANTITY.test(text)) desk.setQuantity(row.id, text);
    else if (text.length >= 4) scanned(text);
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    const burst = detector.current.press({
      key: event.key,
      timeStamp: event.timeStamp,
      ctrlKey: event.ctrlKey,
    });
    if (burst !== null) {
      event.preventDefault();
      scanned(burst);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      enter();
    } else if (event.key === 'Escape') desk.ask(null);
  };
  const good = QUANTITY.test(typed.trim());
  return (
    <div className="board-quantity">
      <label>
        <span>{t('scan.quantity.label', { product: row.goods?.product ?? '' })}</span>
        <input
          ref={input}
          className="mono"
          inputMode="decimal"
          value={typed}
          aria-invalid={!good}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={press}
        />
      </label>
      <Button size="large" disabled={!good} onClick={enter}>
        {t('scan.quantity.set')}
      </Button>
      <span className="board-next">{t('scan.quantity.how')}</span>
    </div>
  );
}
