import { useQuery } from '@tanstack/react-query';
import { Form, Input } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay } from '../../api/session';
import { Code } from '../../components/Code';
import { DayField } from '../../components/DayField';
import { DeleteButton } from '../../components/DeleteButton';
import { EditDrawer } from '../../components/EditDrawer';
import { PartnerSelect, ProductSelect } from '../../components/pickers';
import { ProblemAlert } from '../../components/ProblemAlert';
import type { BatchValues } from './calls';
import { changeBatch, createBatch, deleteBatch, getBatch, NEW_BATCH, valuesOf } from './calls';

interface BatchDrawerProps {
  code: string | null;
  product: string | null;
  onClose: () => void;
  onSaved: () => void;
}

/** Adding or changing one batch. */
export function BatchDrawer({ code, product, onClose, onSaved }: BatchDrawerProps) {
  const { t } = useTranslation();
  const may = useMay();
  const fresh = code === '+';
  const found = useQuery({
    queryKey: ['batches', 'one', product, code],
    queryFn: () => getBatch(product ?? '', code ?? ''),
    enabled: code !== null && !fresh,
    refetchOnWindowFocus: false,
    staleTime: 0,
  });
  const batch = fresh ? undefined : found.data;
  const initial = useMemo<BatchValues>(
    () => (batch ? valuesOf(batch) : { ...NEW_BATCH, product: product ?? '' }),
    [batch, product],
  );
  const readOnly = !may('batches.edit');
  const required = (field: string) => [{ required: true, message: t('required', { field }) }];
  return (
    <EditDrawer<BatchValues>
      open={code !== null}
      title={fresh ? t('batches.add') : <Code value={code ?? ''} />}
      initial={initial}
      readOnly={readOnly}
      save={(values) => (batch ? changeBatch(batch, values) : createBatch(values))}
      onSaved={onSaved}
      onClose={onClose}
      above={
        <>
          <ProblemAlert problem={found.error} />
          {batch && may('items.view') && (
            <p className="row batch-links">
              <Link
                to={`/batches/used/${encodeURIComponent(batch.product)}/${encodeURIComponent(batch.code)}`}
              >
                {t('batches.used.open')} ›
              </Link>
            </p>
          )}
        </>
      }
      danger={
        batch &&
        !readOnly &&
        !batch.used && (
          <DeleteButton name={batch.code} onDelete={() => deleteBatch(batch)} onDeleted={onSaved} />
        )
      }
    >
      <Form.Item name="product" label={t('product')} rules={required(t('product'))}>
        <ProductSelect disabled={!fresh || readOnly} />
      </Form.Item>
      <div className="field-row">
        <Form.Item name="code" label={t('batches.code')} rules={required(t('batches.code'))}>
          <Input className="mono" disabled={!fresh} autoComplete="off" placeholder="B2611" />
        </Form.Item>
        <Form.Item name="supplier_batch" label={t('batches.supplierBatch')}>
          <Input className="mono" autoComplete="off" />
        </Form.Item>
      </div>
      <div className="field-row">
        <Form.Item name="made_on" label={t('batches.madeOn')}>
          <DayField />
        </Form.Item>
        <Form.Item name="expires_on" label={t('batches.expiresOn')} extra={t('batches.expiresHint')}>
          <DayField />
        </Form.Item>
      </div>
      <Form.Item name="supplier" label={t('batches.supplier')}>
        <PartnerSelect kind="supplier" />
      </Form.Item>
    </EditDrawer>
  );
}
