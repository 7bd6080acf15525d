import { useQuery } from '@tanstack/react-query';
import { Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { listTypes } from '../packages/calls';
import type { Order } from './order';

interface PackageTypeFieldProps {
  value: string | null;
  onChange: (part: Partial<Order>) => void;
}

/** Of packages: the type, which says how many go in and what may be mixed. */
export function PackageTypeField({ value, onChange, ...refused }: PackageTypeFieldProps) {
  const { t } = useTranslation();
  const types = useQuery({
    queryKey: ['packages', 'types', 'choice'],
    queryFn: ({ signal }) => listTypes({ limit: 200 }, signal),
  });
  return (
    <Form.Item label={t('making.packageType')} {...refused}>
      <Select<string>
        allowClear
        value={value}
        loading={types.isPending}
        placeholder={t('making.optional')}
        aria-label={t('making.packageType')}
        onChange={(code: string | undefined) => onChange({ packageType: code ?? null })}
        options={(types.data?.rows ?? [])
          .filter((one) => one.active)
          .map((one) => ({
            value: one.code,
            label:
              one.capacity === null ? one.name : t('making.typeOf', { name: one.name, count: one.capacity }),
          }))}
      />
    </Form.Item>
  );
}
