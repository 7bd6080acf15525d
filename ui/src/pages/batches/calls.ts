import { http } from '../../api/http';
import type { Batch } from '../../api/master';

/** What a form of a batch holds; days as YYYY-MM-DD. */
export type BatchValues = Omit<Batch, 'used' | 'version'>;

const path = (product: string, code: string) =>
  `/batches/${encodeURIComponent(code)}?product=${encodeURIComponent(product)}`;

export const NEW_BATCH: BatchValues = {
  code: '',
  product: '',
  made_on: null,
  expires_on: null,
  supplier_batch: null,
  supplier: null,
};

/** The form's values of a batch that exists. */
export function valuesOf({ used: _used, version: _version, ...values }: Batch): BatchValues {
  return values;
}

function cleaned(values: BatchValues): BatchValues {
  const own = values.supplier_batch?.trim() ?? '';
  return {
    ...values,
    code: values.code.trim(),
    supplier_batch: own === '' ? null : own,
    supplier: values.supplier ?? null,
    made_on: values.made_on ?? null,
    expires_on: values.expires_on ?? null,
  };
}

export const getBatch = (product: string, code: string) => http.get<Batch>(path(product, code));

export const createBatch = (values: BatchValues) => http.post<Batch>('/batches', cleaned(values));

/** Change a batch; a last good day that was not touched is left out, so that the server reckons it again. */
export const changeBatch = (before: Batch, values: BatchValues) => {
  const { code, product, expires_on, ...body } = cleaned(values);
  const touched = expires_on === before.expires_on ? {} : { expires_on };
  return http.patch<Batch>(path(product, code), { ...body, ...touched, version: before.version });
};

export const deleteBatch = (batch: Batch) => http.delete<undefined>(path(batch.product, batch.code));
