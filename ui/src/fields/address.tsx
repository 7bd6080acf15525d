import { useQuery } from '@tanstack/react-query';
import { Cascader, Input as TextInput } from 'antd';
import { useTranslation } from 'react-i18next';
import type { InputProps, ShowProps } from '../forms/control';
import { asText } from '../forms/model';
import { byName, pathOf, provinces } from '../forms/regions';

export const shape = 'json';

interface Address {
  region?: string | null;
  detail?: string | null;
}

const addressOf = (value: unknown): Address => (typeof value === 'object' && value !== null ? value : {});

function useRegions() {
  return useQuery({ queryKey: ['regions'], queryFn: provinces, staleTime: Infinity });
}

/** An address (地址): province, city and district from the list, the rest as people write it. */
export function Input({ field, id, value, onChange, disabled, invalid, describedBy, onBlur }: InputProps) {
  const { t } = useTranslation();
  const regions = useRegions();
  const address = addressOf(value);
  const path = pathOf(regions.data ?? [], address.region ?? '');
  const give = (next: Address) => {
    const empty = !next.region && !next.detail;
    onChange(empty ? null : { region: next.region ?? null, detail: next.detail ?? null });
  };
  return (
    <div className="stack field-address">
      <Cascader
        id={id}
        className="field-wide"
        options={regions.data ?? []}
        loading={regions.isPending}
        value={path}
        changeOnSelect
        allowClear
        showSearch={{ filter: byName }}
        disabled={disabled ?? false}
        status={invalid ? 'error' : ''}
        aria-describedby={describedBy}
        placeholder={t('fields.region')}
        displayRender={(labels) => labels.join(' ')}
        // Cleared, it gives nothing at all, whatever its type says.
        onChange={(next: string[] | undefined) => give({ ...address, region: next?.at(-1) ?? null })}
      />
      {field.options?.['detail'] !== false && (
        <TextInput
          value={asText(address.detail)}
          disabled={disabled ?? false}
          maxLength={200}
          aria-label={t('fields.addressDetail', { title: field.title })}
          placeholder={t('fields.addressHint')}
          autoComplete="street-address"
          onChange={(event) =>
            give({ ...address, detail: event.target.value === '' ? null : event.target.value })
          }
          onBlur={onBlur}
        />
      )}
    </div>
  );
}

export function Show({ value }: ShowProps) {
  const regions = useRegions();
  const { region, detail } = addressOf(value);
  const names: string[] = [];
  let level = regions.data ?? [];
  for (const code of pathOf(level, region ?? '')) {
    const found = level.find((one) => one.value === code);
    if (found === undefined) break;
    names.push(found.label);
    level = found.children ?? [];
  }
  return `${names.length > 0 ? names.join('') : asText(region)}${detail ? ` ${detail}` : ''}`;
}
