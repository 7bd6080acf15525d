import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Drawer, Form, Input, InputNumber } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../api/session';
import { EditDrawer } from '../../components/EditDrawer';
import { EmptyState } from '../../components/EmptyState';
import { ProblemAlert } from '../../components/ProblemAlert';
import { Tag } from '../../components/Tags';
import { useIsPhone } from '../../components/useIsPhone';
import type { PackageType, TypeValues } from './calls';
import { changeType, createType, listTypes } from './calls';

const NEW: TypeValues = {
  code: '',
  name: '',
  level: 1,
  capacity: null,
  mixed_products: true,
  mixed_batches: true,
  active: true,
};

/** The package types: how many go into a box, and what may be mixed in it. */
export function TypesDrawer({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const phone = useIsPhone();
  const queries = useQueryClient();
  const [editing, setEditing] = useState<PackageType | 'new' | null>(null);
  const types = useQuery({
    queryKey: ['packages', 'types'],
    queryFn: ({ signal }) => listTypes({ limit: 1000 }, signal),
    enabled: open,
  });
  const initial = useMemo<TypeValues>(() => {
    if (editing === null || editing === 'new') return NEW;
    const { version: _version, ...values } = editing;
    return values;
  }, [editing]);
  const rows = types.data?.rows ?? [];
  const done = () => {
    setEditing(null);
    void queries.invalidateQueries({ queryKey: ['packages'] });
  };
  return (
    <>
      <Drawer
        open={open}
        onClose={onClose}
        title={t('packages.types')}
        placement={phone ? 'bottom' : 'right'}
        size={phone ? '90%' : 480}
        extra={
          may('products.edit') && <Button onClick={() => setEditing('new')}>{t('packages.addType')}</Button>
        }
      >
        <ProblemAlert problem={types.error} />
        {types.isSuccess && rows.length === 0 && (
          <EmptyState icon="package" title={t('packages.noTypes')}>
            {t('packages.noTypesHow')}
          </EmptyState>
        )}
        <ul className="row-cards">
          {rows.map((one) => (
            <li key={one.code}>
              <button type="button" disabled={!may('products.edit')} onClick={() => setEditing(one)}>
                <span className="row">
                  <b className="mono">{one.code}</b>
                  <span className="grow">{one.name}</span>
                  {!one.active && <Tag>{t('inactive')}</Tag>}
                  <Tag tone="ink">
                    {t('packages.level')} {one.level}
                  </Tag>
                  <span className="number">{one.capacity ?? '∞'}</span>
                </span>
              </button>
            </li>
          ))}
        </ul>
      </Drawer>
      <EditDrawer<TypeValues>
        open={editing !== null}
        title={editing === 'new' || editing === null ? t('packages.addType') : editing.code}
        initial={initial}
        save={(values) =>
          editing === 'new' || editing === null ? createType(values) : changeType(editing.version, values)
        }
        onSaved={done}
        onClose={() => setEditing(null)}
      >
        <Form.Item
          name="code"
          label={t('code')}
          rules={[{ required: true, message: t('required', { field: t('code') }) }]}
        >
          <Input className="mono" disabled={editing !== 'new'} />
        </Form.Item>
        <Form.Item
          name="name"
          label={t('name')}
          rules={[{ required: true, message: t('required', { field: t('name') }) }]}
        >
          <Input />
        </Form.Item>
        <div className="field-row">
          <Form.Item name="level" label={t('packages.level')} extra={t('packages.levelHow')}>
            <InputNumber min={1} max={9} precision={0} />
          </Form.Item>
          <Form.Item name="capacity" label={t('packages.capacity')} extra={t('packages.capacityHow')}>
            <InputNumber min={1} precision={0} />
          </Form.Item>
        </div>
        <Form.Item name="mixed_products" valuePropName="checked">
          <Checkbox>{t('packages.mixedProducts')}</Checkbox>
        </Form.Item>
        <Form.Item name="mixed_batches" valuePropName="checked">
          <Checkbox>{t('packages.mixedBatches')}</Checkbox>
        </Form.Item>
      </EditDrawer>
    </>
  );
}
