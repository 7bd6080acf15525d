import { Tag } from '../components/Tags';
import { useTranslation } from 'react-i18next';
import type { InputProps, ShowProps } from '../forms/control';
import { Input as Amount, Show as ShowAmount } from './number';

export const shape = 'number';

function measured(value: unknown): { value?: unknown; good?: unknown } {
  return typeof value === 'object' && value !== null ? value : { value };
}

/** A measured value (检验项) that judges itself by its limits once it is saved. */
export function Input(props: InputProps) {
  return <Amount {...props} value={measured(props.value).value ?? null} />;
}

export function Show(props: ShowProps) {
  const { t } = useTranslation();
  const { value, good } = measured(props.value);
  return (
    <span className="field-tags">
      <ShowAmount {...props} value={value} />
      {typeof good === 'boolean' && (
        <Tag tone={good ? 'green' : 'red'}>{t(good ? 'quality.released' : 'quality.rejected')}</Tag>
      )}
    </span>
  );
}
