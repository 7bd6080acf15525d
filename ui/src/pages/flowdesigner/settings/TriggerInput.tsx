import { useQuery } from '@tanstack/react-query';
import { InputNumber, Select, TimePicker } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { http } from '../../../api/http';
import { say } from '../../../formdesigner/declared';
import { Assignments } from './Assignments';
import type { OptionInputProps } from './OptionInput';
import { OptionInput } from './OptionInput';
import { textOf, textsOf } from './useOption';

/** What a new record is given: nothing is there yet that could be taken. */
const GIVEN = ['value', 'formula'] as const;

/** One option of a trigger: times, days and secrets as people read them, everything else as for steps. */
export function TriggerInput(props: OptionInputProps) {
  const { node, option, values, value, onChange } = props;
  const { i18n } = useTranslation();
  const label = say(option.title, i18n.language);
  const given = { label, values, value, onChange };
  switch (`${option.type} ${option.name}`) {
    case 'text at':
      return <TimeOfDay {...given} />;
    case 'texts days':
      return <DaysOf {...given} />;
    case 'whole days':
      return <DaysAround {...given} />;
    case 'text secret':
      return <SecretChoice {...given} />;
    case 'assignments values':
      return <Assignments node={node} form="" path={false} ways={GIVEN} {...given} />;
    default:
      return <OptionInput {...props} />;
  }
}

interface Given {
  label: string;
  values: Record<string, unknown>;
  value: unknown;
  onChange: (value: unknown) => void;
}

const FORMAT = 'HH:mm';

function TimeOfDay({ label, value, onChange }: Given) {
  const at = dayjs(`2000-01-01T${textOf(value).padStart(5, '0')}`);
  return (
    <TimePicker
      size="small"
      aria-label={label}
      format={FORMAT}
      minuteStep={5}
      allowClear={false}
      needConfirm={false}
      value={at.isValid() ? at : null}
      onChange={(next) => onChange(next?.format(FORMAT))}
    />
  );
}

/** Days of a week, or of a month. */
function DaysOf({ label, values, value, onChange }: Given) {
  const { t } = useTranslation();
  const weekly = values['every'] === 'week';
  return (
    <Select<string[]>
      size="small"
      mode="multiple"
      aria-label={label}
      placeholder={t(weekly ? 'flowdesigner.weekday.1' : 'flowdesigner.monthday', { day: 1 })}
      value={textsOf(value)}
      showSearch={{ optionFilterProp: 'label' }}
      options={Array.from({ length: weekly ? 7 : 31 }, (_, at) => ({
        value: String(at + 1),
        label: t(weekly ? `flowdesigner.weekday.${at + 1}` : 'flowdesigner.monthday', { day: at + 1 }),
      }))}
      onChange={(next) =>
        onChange(next.length === 0 ? undefined : next.sort((one, other) => Number(one) - Number(other)))
      }
    />
  );
}

/** So many days before a date, on it, or after it. */
function DaysAround({ label, value, onChange }: Given) {
  const { t } = useTranslation();
  const days = typeof value === 'number' ? value : 0;
  const side = Math.sign(days);
  return (
    <div className="fw-around" role="group" aria-label={label}>
      <Select<number>
        size="small"
        aria-label={t('flowdesigner.trigger.side')}
        value={side}
        options={[
          { value: -1, label: t('flowdesigner.trigger.ahead') },
          { value: 0, label: t('flowdesigner.trigger.that') },
          { value: 1, label: t('flowdesigner.trigger.later') },
        ]}
        onChange={(next) => onChange(next === 0 ? undefined : next * (Math.abs(days) || 1))}
      />
      {side !== 0 && (
        <InputNumber<number>
          size="small"
          aria-label={t('flowdesigner.trigger.howMany')}
          min={1}
          max={3650}
          precision={0}
          suffix={t('flowdesigner.trigger.days')}
          value={Math.abs(days)}
          onChange={(next) => onChange(side * (next ?? 1))}
        />
      )}
    </div>
  );
}

/** One of the secrets that administrators keep. */
function SecretChoice({ label, value, onChange }: Given) {
  const { t } = useTranslation();
  const { data = [] } = useQuery({
    queryKey: ['outbound-secrets'],
    queryFn: async ({ signal }) =>
      (await http.get<{ names: string[] }>('/outbound-secrets', undefined, signal)).names,
  });
  const chosen = textOf(value);
  return (
    <Select<string>
      size="small"
      allowClear
      showSearch
      aria-label={label}
      placeholder={t('flowdesigner.trigger.noSecret')}
      {...(chosen !== '' && { value: chosen })}
      status={chosen === '' || data.includes(chosen) ? '' : 'error'}
      options={data.map((name) => ({ value: name, label: name }))}
      onChange={(next: string | undefined) => onChange(next)}
    />
  );
}
