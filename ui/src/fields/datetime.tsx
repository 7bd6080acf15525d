import { DatePicker, Input as TextInput } from 'antd';
import dayjs from 'dayjs';
import { useIsPhone } from '../components/useIsPhone';
import type { InputProps, ShowProps } from '../forms/control';
import { asText } from '../forms/model';

export const shape = 'moment';

/** A moment (日期时间), given with the zone of this device. */
export function Input({ id, value, onChange, disabled, invalid, describedBy, onBlur }: InputProps) {
  const phone = useIsPhone();
  const moment = typeof value === 'string' ? dayjs(value) : null;
  const common = {
    id,
    disabled: disabled ?? false,
    status: invalid ? ('error' as const) : ('' as const),
    'aria-invalid': invalid,
    'aria-describedby': describedBy,
  };
  if (phone) {
    return (
      <TextInput
        {...common}
        type="datetime-local"
        value={moment?.format('YYYY-MM-DDTHH:mm') ?? ''}
        onChange={(event) => onChange(event.target.value === '' ? null : dayjs(event.target.value).format())}
        onBlur={onBlur}
      />
    );
  }
  return (
    <DatePicker
      {...common}
      className="field-wide"
      showTime={{ format: 'HH:mm' }}
      format="YYYY-MM-DD HH:mm"
      value={moment}
      onChange={(next) => onChange(next ? next.format() : null)}
      onBlur={() => onBlur?.()}
    />
  );
}

export function Show({ value }: ShowProps) {
  return <span className="number">{dayjs(asText(value)).format('YYYY-MM-DD HH:mm')}</span>;
}
