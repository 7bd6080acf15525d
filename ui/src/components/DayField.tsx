import { DatePicker } from 'antd';
import dayjs from 'dayjs';

interface DayFieldProps {
  id?: string;
  /** YYYY-MM-DD */
  value?: string | null;
  onChange?: (value: string | null) => void;
  disabled?: boolean;
  placeholder?: string;
  'aria-label'?: string;
}

/** A day without a time, as YYYY-MM-DD. */
export function DayField({ id, value, onChange, ...rest }: DayFieldProps) {
  return (
    <DatePicker
      {...(id !== undefined && { id })}
      style={{ width: '100%' }}
      format="YYYY-MM-DD"
      value={value === null || value === undefined ? null : dayjs(value)}
      onChange={(day) => onChange?.(day ? day.format('YYYY-MM-DD') : null)}
      {...rest}
    />
  );
}
