import { InputNumber } from 'antd';

interface NumberFieldProps {
  label: string;
  /** Written in the box instead of above it. */
  inside?: string | undefined;
  value: number | null;
  step: number;
  whole?: boolean;
  /** What an empty box stands for. */
  empty?: string | undefined;
  min?: number | null;
  max?: number | null;
  unit?: string;
  disabled?: boolean;
  onChange: (value: number | null) => void;
}

/** A number with its unit; the arrows step by what makes sense, an empty box changes nothing unless it stands for something. */
export function NumberField(props: NumberFieldProps) {
  const {
    label,
    inside,
    value,
    step,
    whole = false,
    empty,
    min,
    max,
    unit,
    disabled = false,
    onChange,
  } = props;
  return (
    <InputNumber<number>
      className="ld-number"
      size="small"
      aria-label={label}
      value={value}
      step={step}
      {...(whole && { precision: 0 })}
      {...(empty !== undefined && { placeholder: empty })}
      {...(min !== null && min !== undefined && { min })}
      {...(max !== null && max !== undefined && { max })}
      {...(inside !== undefined && { prefix: <span className="hint">{inside}</span> })}
      {...(unit !== undefined && unit !== '' && { suffix: <span className="hint">{unit}</span> })}
      disabled={disabled}
      changeOnWheel={false}
      onChange={(next) => {
        const rounded = next === null ? null : Math.round(next * 1000) / 1000;
        if (rounded !== value && (rounded !== null || empty !== undefined)) onChange(rounded);
      }}
    />
  );
}
