import { InputNumber } from 'antd';

interface NumberFieldProps {
  label: string;
  /** Written in the box instead of above it. */
  inside?: string | undefined;
  value: number | null;
  step: number;
  precision?: number;
  min?: number | null;
  max?: number | null;
  unit?: string;
  disabled?: boolean;
  onChange: (value: number) => void;
}

/** A number with its unit; the arrows step by what makes sense, an empty box changes nothing. */
export function NumberField(props: NumberFieldProps) {
  const { label, inside, value, step, precision = 2, min, max, unit, disabled = false, onChange } = props;
  return (
    <InputNumber<number>
      className="ld-number"
      size="small"
      aria-label={label}
      value={value}
      step={step}
      precision={precision}
      {...(min !== null && min !== undefined && { min })}
      {...(max !== null && max !== undefined && { max })}
      {...(inside !== undefined && { prefix: <span className="hint">{inside}</span> })}
      {...(unit !== undefined && unit !== '' && { suffix: <span className="hint">{unit}</span> })}
      disabled={disabled}
      changeOnWheel={false}
      onChange={(next) => {
        if (next !== null && next !== value) onChange(next);
      }}
    />
  );
}
