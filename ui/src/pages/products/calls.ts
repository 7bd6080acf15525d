import { http } from '../../api/http';
import type { Product } from '../../api/master';

/** What a form of a product holds. */
export type ProductValues = Omit<Product, 'used' | 'version' | 'warranty_delay_days'> & {
  warranty_delay_days: number | null;
};

const path = (code: string) => `/products/${encodeURIComponent(code)}`;

export const createProduct = (values: ProductValues) => {
  const { active: _active, ...body } = cleaned(values);
  return http.post<Product>('/products', body);
};

export const changeProduct = (version: number, values: ProductValues) => {
  const { code, ...body } = cleaned(values);
  return http.patch<Product>(path(code), { ...body, version });
};

/** Emptied fields as the server wants them; goods without numbers have no capture rule left behind. */
function cleaned(values: ProductValues): ProductValues {
  const gtin = values.gtin?.trim() ?? '';
  return {
    ...values,
    code: values.code.trim(),
    gtin: gtin === '' ? null : gtin,
    batch_managed: values.tracking === 'serial' && values.batch_managed,
    warranty_delay_days: values.warranty_delay_days ?? 0,
    capture: values.tracking === 'serial' ? values.capture : NEW_PRODUCT.capture,
  };
}

export const deleteProduct = (code: string) => http.delete<undefined>(path(code));

/** What a new product begins with. */
export const NEW_PRODUCT: ProductValues = {
  code: '',
  name: '',
  tracking: 'serial',
  batch_managed: false,
  shelf_life_days: null,
  gtin: null,
  unit: '',
  category: '',
  warranty_days: null,
  warranty_from: 'activate',
  warranty_delay_days: 0,
  stock_age_days: null,
  inspect_on: [],
  life_cycle: 'goods',
  capture: { rules: [], outbound_only: false, track_only: false, pattern: '' },
  rule: null,
  active: true,
};

/** The form's values of a product that exists. */
export function valuesOf(product: Product): ProductValues {
  const { used: _used, version: _version, ...values } = product;
  return values;
}
