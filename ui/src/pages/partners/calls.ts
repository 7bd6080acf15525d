import { http } from '../../api/http';
import type { Partner } from '../../api/master';

/** What a form of a partner holds. */
export type PartnerValues = Omit<Partner, 'used' | 'version'>;

const path = (code: string) => `/partners/${encodeURIComponent(code)}`;

export const NEW_PARTNER: PartnerValues = {
  code: '',
  name: '',
  kind: 'dealer',
  region: null,
  regions: [],
  phone: null,
  active: true,
};

/** The form's values of a partner that exists. */
export function valuesOf({ used: _used, version: _version, ...values }: Partner): PartnerValues {
  return values;
}

function cleaned(values: PartnerValues): PartnerValues {
  const phone = values.phone?.trim() ?? '';
  return {
    ...values,
    code: values.code.trim(),
    phone: phone === '' ? null : phone,
    region: values.region ?? null,
  };
}

export const createPartner = (values: PartnerValues) => {
  const { active: _active, ...body } = cleaned(values);
  return http.post<Partner>('/partners', body);
};

export const changePartner = (version: number, values: PartnerValues) => {
  const { code, ...body } = cleaned(values);
  return http.patch<Partner>(path(code), { ...body, version });
};

export const deletePartner = (code: string) => http.delete<undefined>(path(code));
