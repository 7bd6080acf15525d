import { DatePicker, Input } from 'antd';
import dayjs from 'dayjs';
import { useIsPhone } from '../components/useIsPhone';

interface DayProps {
  id: string;
  value: string | null;
  onChange: (value: string | null) => void;
  disabled?: boolean;
  invalid?: boolean;
  describedBy?: string;
  label?: string;
  onBlur?: () => void;
}

/** A day as YYYY-MM-DD; on a phone the wheel of the phone itself. */
export function Day({ id, value, onChange, disabled, invalid, describedBy, label, onBlur }: DayProps) {
  const phone = useIsPhone();
  const common = {
    id,
    disabled: disabled ?? false,
    status: invalid ? ('error' as const) : ('' as const),
    'aria-invalid': invalid,
    'aria-describedby': describedBy,
    'aria-label': label,
  };
  if (phone) {
    return (
      <Input
        {...common}
        type="date"
        value={value ?? ''}
        onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
        onBlur={onBlur}
      />
    );
  }
  return (
    <DatePicker
      {...common}
      className="field-wide"
      format="YYYY-MM-DD"
      value={value === null ? null : dayjs(value)}
      onChange={(day) => onChange(day ? day.format('YYYY-MM-DD') : null)}
      onBlur={() => onBlur?.()}
    />
  );
}
