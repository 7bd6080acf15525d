import { useTranslation } from 'react-i18next';
import type { InputProps, ShowProps } from '../forms/control';
import { Day } from '../forms/Day';

export const shape = 'date_range';

interface Range {
  from: string | null;
  to: string | null;
}

function rangeOf(value: unknown): Range {
  const { from = null, to = null } = (value ?? {}) as Partial<Range>;
  return { from, to };
}

/** From one day to another (日期区间). */
export function Input(props: InputProps) {
  const { t } = useTranslation();
  const range = rangeOf(props.value);
  const change = (part: Partial<Range>) => {
    const next = { ...range, ...part };
    props.onChange(next.from === null && next.to === null ? null : next);
  };
  return (
    <span className="field-range">
      <Day
        {...props}
        value={range.from}
        label={`${props.field.title} ${t('fields.from')}`}
        onChange={(from) => change({ from })}
      />
      <span className="muted">–</span>
      <Day
        {...props}
        id={`${props.id}-to`}
        value={range.to}
        label={`${props.field.title} ${t('fields.to')}`}
        onChange={(to) => change({ to })}
      />
    </span>
  );
}

export function Show({ value }: ShowProps) {
  const range = rangeOf(value);
  return (
    <span className="number">
      {range.from} – {range.to}
    </span>
  );
}
