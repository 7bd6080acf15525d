import { Button, Form, Input, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import { PlaceSelect } from '../../components/pickers';

const MODES = ['required', 'optional', 'automatic', 'none'] as const;
const OPERATIONS = [
  'receive',
  'putaway',
  'move',
  'pick',
  'issue',
  'ship',
  'store_receive',
  'return_',
  'count',
] as const;

/** The capture rule (采集规则): whether serial numbers are scanned, per kind of business and place. */
export function CaptureFields({ serial }: { serial: boolean }) {
  const { t } = useTranslation();
  if (!serial) return <p className="muted">{t('products.captureNeedsSerials')}</p>;
  return (
    <>
      <p className="muted">{t('products.captureHint')}</p>
      <Form.List name={['capture', 'rules']}>
        {(fields, { add, remove }) => (
          <div className="field-group">
            {fields.map((field) => (
              <div key={field.key} className="capture-row">
                <Form.Item name={[field.name, 'operation']}>
                  <Select
                    allowClear
                    aria-label={t('products.captureOperation')}
                    placeholder={t('products.everyOperation')}
                    options={OPERATIONS.map((value) => ({ value, label: t(`operation.${value}`) }))}
                  />
                </Form.Item>
                <Form.Item name={[field.name, 'place']}>
                  <PlaceSelect aria-label={t('place')} placeholder={t('products.everyPlace')} />
                </Form.Item>
                <Form.Item name={[field.name, 'mode']}>
                  <Select
                    aria-label={t('products.captureMode')}
                    options={MODES.map((value) => ({ value, label: t(`products.mode.${value}`) }))}
                  />
                </Form.Item>
                <Button
                  type="text"
                  icon={<Icon name="close" />}
                  aria-label={t('delete')}
                  onClick={() => remove(field.name)}
                />
              </div>
            ))}
            <Button
              type="dashed"
              icon={<Icon name="plus" />}
              onClick={() => add({ operation: null, place: null, mode: 'required' })}
            >
              {t('products.captureAdd')}
            </Button>
          </div>
        )}
      </Form.List>
      <Form.Item
        name={['capture', 'outbound_only']}
        label={t('products.outboundOnly')}
        extra={t('products.outboundHint')}
        valuePropName="checked"
      >
        <Switch />
      </Form.Item>
      <Form.Item
        name={['capture', 'track_only']}
        label={t('products.trackOnly')}
        extra={t('products.trackOnlyHint')}
        valuePropName="checked"
      >
        <Switch />
      </Form.Item>
      <Form.Item
        name={['capture', 'pattern']}
        label={t('products.pattern')}
        extra={t('products.patternHint')}
      >
        <Input className="mono" placeholder="SN########|@@-####*" autoComplete="off" />
      </Form.Item>
    </>
  );
}
