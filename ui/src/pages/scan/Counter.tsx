import { InputNumber } from 'antd';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScanDesk } from './desk';
import type { Summary } from './summary';
import { usePart } from './useDesk';

/** How many so far, of how many where the user has said so. */
export function Counter({ desk, sum }: { desk: ScanDesk; sum: Summary }) {
  const { t } = useTranslation();
  const { fields, immediate } = desk.state.draft;
  const done = immediate ? sum.posted : sum.pieces === 0 && sum.lines > 0 ? sum.quantity : sum.pieces;
  const { expected } = fields;
  const share = expected === null || expected === 0 ? 0 : Math.min(1, done / expected);
  const left = expected === null ? 0 : expected - done;
  return (
    <div className="counter">
      <div className="counter-figures">
        <b className="number" data-testid="count">
          {done.toLocaleString()}
        </b>
        <span className="number counter-of">{expected === null ? t('scan.pieces') : `/${expected}`}</span>
        <span className="grow" />
        {sum.lines > 0 && sum.pieces > 0 && (
          <span className="muted">{t('scan.andLines', { count: sum.lines })}</span>
        )}
        {expected === null ? null : (
          <span className={left < 0 ? 'counter-over' : 'muted'}>
            {left > 0
              ? t('scan.left', { count: left })
              : left === 0
                ? t('scan.complete')
                : t('scan.over', { count: -left })}
          </span>
        )}
      </div>
      {expected !== null && (
        <div className={share === 1 ? 'bar bar-full' : 'bar'} role="presentation">
          <span style={{ width: `${share * 100}%` }} />
        </div>
      )}
      <Expected desk={desk} />
    </div>
  );
}

/** How many there should be, where the user knows. */
const Expected = memo(function Expected({ desk }: { desk: ScanDesk }) {
  const { t } = useTranslation();
  const expected = usePart(desk, (state) => state.draft.fields.expected);
  return (
    <label className="counter-expected only-desk">
      <span className="hint">{t('scan.expected')}</span>
      <InputNumber<number>
        size="small"
        min={1}
        max={1_000_000}
        precision={0}
        value={expected}
        placeholder={t('scan.expectedNone')}
        onChange={(value) => desk.setFields({ expected: value })}
      />
    </label>
  );
});
