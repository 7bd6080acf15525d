import type { FormInstance } from 'antd';
import { AutoComplete, Button, Collapse, Form, Input, InputNumber, Radio, Select, Switch } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import type { ProductValues } from './calls';
import { CaptureFields } from './CaptureFields';
import { Guide } from './Guide';
import './products.css';
import { LifeCycleSelect, RuleSelect } from './selects';
import { useDuration } from './useDuration';

const TRACKINGS = ['serial', 'batch', 'sku'] as const;
const INSPECT_ON = ['receive', 'commission', 'return_', 'repair_out', 'putaway'] as const;
const WARRANTY_STARTS = ['activate', 'ship', 'store_receive', 'none'] as const;
const UNITS = ['台', '件', '个', '只', '支', '套', '箱', '盒', '瓶', '包', '卷', '千克', '米'];

interface ProductFieldsProps {
  form: FormInstance<ProductValues>;
  fresh: boolean;
  /** Goods of it are about, so that how they are tracked cannot be changed here. */
  trackingFixed: boolean;
}

/** The fields of a product: the few that everybody fills in, and the rest folded with what they say. */
export function ProductFields({ form, fresh, trackingFixed }: ProductFieldsProps) {
  const { t } = useTranslation();
  const [guide, setGuide] = useState(false);
  const tracking = Form.useWatch('tracking', form);
  return (
    <>
      <div className="field-row">
        <Form.Item
          name="code"
          label={t('code')}
          rules={[{ required: true, message: t('required', { field: t('code') }) }]}
        >
          <Input className="mono" disabled={!fresh} autoComplete="off" placeholder="CY-R800" />
        </Form.Item>
        <Form.Item name="unit" label={t('products.unit')}>
          <AutoComplete options={UNITS.map((value) => ({ value }))} />
        </Form.Item>
      </div>
      <Form.Item
        name="name"
        label={t('name')}
        rules={[{ required: true, message: t('required', { field: t('name') }) }]}
      >
        <Input placeholder={t('products.nameExample')} />
      </Form.Item>

      <Form.Item
        label={
          <span className="row">
            {t('products.tracking')}
            {!trackingFixed && (
              <Button
                type="link"
                size="small"
                icon={<Icon name="guide" size={16} />}
                onClick={() => setGuide(true)}
              >
                {t('products.guide.open')}
              </Button>
            )}
          </span>
        }
        name="tracking"
        extra={trackingFixed ? t('products.trackingFixed') : undefined}
      >
        <Radio.Group className="choice-cards" disabled={trackingFixed}>
          {TRACKINGS.map((value) => (
            <Radio key={value} value={value}>
              <b>{t(`tracking.${value}`)}</b>
              <span className="hint">{t(`products.trackingHint.${value}`)}</span>
            </Radio>
          ))}
        </Radio.Group>
      </Form.Item>
      {tracking === 'serial' && (
        <Form.Item
          name="batch_managed"
          label={t('products.batchManaged')}
          valuePropName="checked"
          layout="horizontal"
        >
          <Switch />
        </Form.Item>
      )}
      <MoreFields form={form} />
      {!fresh && (
        <Form.Item
          name="active"
          label={t('products.activeLabel')}
          valuePropName="checked"
          layout="horizontal"
        >
          <Switch />
        </Form.Item>
      )}
      <Guide
        open={guide}
        onClose={() => setGuide(false)}
        onTake={(advice, answers) =>
          form.setFieldsValue({
            tracking: advice.tracking,
            batch_managed: advice.batchManaged,
            ...(answers.warranty === 'none' && { warranty_days: null, warranty_from: 'none' as const }),
          })
        }
      />
    </>
  );
}

function MoreFields({ form }: { form: FormInstance<ProductValues> }) {
  const { t } = useTranslation();
  const duration = useDuration();
  // The form is still empty when it is drawn for the first time.
  const now = (Form.useWatch([], form) as Partial<ProductValues> | undefined) ?? {};
  const days = (value: number | null | undefined) =>
    value === null || value === undefined ? t('none') : duration(value);
  const inspect = now.inspect_on ?? [];
  const groups = [
    {
      key: 'warranty',
      label: t('products.groups.warranty'),
      extra: days(now.warranty_days),
      children: <WarrantyFields />,
    },
    {
      key: 'shelf',
      label: t('products.groups.shelf'),
      extra: `${days(now.shelf_life_days)} · ${days(now.stock_age_days)}`,
      children: <ShelfFields canExpire={now.tracking !== 'sku'} />,
    },
    {
      key: 'inspect',
      label: t('products.groups.inspect'),
      extra: inspect.length === 0 ? t('none') : inspect.map((kind) => t(`operation.${kind}`)).join('、'),
      children: (
        <Form.Item name="inspect_on" extra={t('products.inspectHint')}>
          <Select
            mode="multiple"
            aria-label={t('products.groups.inspect')}
            options={INSPECT_ON.map((value) => ({ value, label: t(`operation.${value}`) }))}
          />
        </Form.Item>
      ),
    },
    {
      key: 'codes',
      label: t('products.groups.codes'),
      extra: <span className="mono">{[now.gtin, now.rule].filter(Boolean).join(' · ') || t('none')}</span>,
      children: <CodeFields />,
    },
    {
      key: 'capture',
      label: t('products.groups.capture'),
      extra:
        (now.capture?.rules.length ?? 0) > 0
          ? t('products.ruleCount', { count: now.capture?.rules.length })
          : t('products.captureDefault'),
      children: <CaptureFields serial={now.tracking === 'serial'} />,
    },
  ];
  return (
    <Collapse
      className="field-group"
      size="small"
      items={groups.map((group) => ({ ...group, forceRender: true }))}
    />
  );
}

function WarrantyFields() {
  const { t } = useTranslation();
  return (
    <div className="field-row">
      <Form.Item name="warranty_days" label={t('products.warrantyDays')}>
        <InputNumber min={0} max={36500} suffix={t('products.day')} />
      </Form.Item>
      <Form.Item name="warranty_from" label={t('products.warrantyFrom')}>
        <Select
          options={WARRANTY_STARTS.map((value) => ({ value, label: t(`products.warrantyStart.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="warranty_delay_days" label={t('products.warrantyDelay')}>
        <InputNumber min={0} max={3650} suffix={t('products.day')} />
      </Form.Item>
    </div>
  );
}

function ShelfFields({ canExpire }: { canExpire: boolean }) {
  const { t } = useTranslation();
  return (
    <div className="field-row">
      <Form.Item
        name="shelf_life_days"
        label={t('products.shelfLife')}
        extra={canExpire ? t('products.shelfHint') : t('products.shelfNeedsBatch')}
      >
        <InputNumber min={1} max={36500} disabled={!canExpire} suffix={t('products.day')} />
      </Form.Item>
      <Form.Item name="stock_age_days" label={t('products.stockAge')} extra={t('products.stockAgeHint')}>
        <InputNumber min={0} max={36500} suffix={t('products.day')} />
      </Form.Item>
    </div>
  );
}

function CodeFields() {
  const { t } = useTranslation();
  return (
    <div className="field-row">
      <Form.Item name="gtin" label={t('products.gtin')} extra={t('products.gtinHint')}>
        <Input className="mono" inputMode="numeric" autoComplete="off" />
      </Form.Item>
      <Form.Item name="category" label={t('products.category')} extra={t('products.categoryHint')}>
        <Input className="mono" autoComplete="off" />
      </Form.Item>
      <Form.Item name="rule" label={t('products.rule')}>
        <RuleSelect />
      </Form.Item>
      <Form.Item name="life_cycle" label={t('products.lifeCycle')}>
        <LifeCycleSelect />
      </Form.Item>
    </div>
  );
}
