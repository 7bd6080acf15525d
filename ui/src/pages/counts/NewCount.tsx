import { Checkbox, Form, Input, InputNumber, Radio, Select, Switch } from 'antd';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { newClientKey } from '../../api/clientKey';
import { EditDrawer } from '../../components/EditDrawer';
import type { CountRow, NewCountBody } from './calls';
import { openCount, useRefreshCounts } from './calls';
import { CodesSelect } from './CodesSelect';
import './counts.css';

const CLASSES: CountRow['abc'] = ['A', 'B', 'C'];
const ONLY: CountRow['only'][] = ['', 'stocked', 'empty'];
const TRACKINGS: CountRow['tracking'] = ['serial', 'batch', 'sku'];

const fresh = (): NewCountBody => ({
  title: '',
  document: '',
  places: [],
  products: [],
  tracking: TRACKINGS,
  kind: 'snapshot',
  blind: true,
  same_counter: false,
  only: '',
  sample: 0,
  abc: [],
  client_key: '',
});

/** The same wish again is another try of the same; what was changed after a refusal is another. */
function useKeyed(): (values: NewCountBody) => NewCountBody {
  const last = useRef({ body: '', key: '' });
  return (values) => {
    const body = JSON.stringify(values);
    if (last.current.body !== body) last.current = { body, key: newClientKey() };
    return { ...values, client_key: last.current.key };
  };
}

/** Open a session: where, what, and how it is counted. */
export function NewCount({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const refresh = useRefreshCounts();
  const keyed = useKeyed();
  const [initial, setInitial] = useState(fresh);
  const choice = (value: string | boolean, name: string) => (
    <Radio value={value}>
      <b>{t(`counts.${name}`)}</b>
      <small className="muted">{t(`counts.${name}How`)}</small>
    </Radio>
  );
  return (
    <EditDrawer<NewCountBody>
      open={open}
      title={t('counts.new')}
      initial={initial}
      save={async (values) => {
        const { number } = await openCount(keyed(values));
        await refresh();
        void navigate(`/counts/${encodeURIComponent(number)}`);
      }}
      onSaved={() => {
        setInitial(fresh());
        onClose();
      }}
      onClose={onClose}
    >
      <Form.Item name="title" label={t('counts.name')}>
        <Input maxLength={200} placeholder={t('counts.nameExample')} />
      </Form.Item>
      <Form.Item
        name="places"
        label={t('counts.places')}
        extra={t('counts.placesHow')}
        rules={[{ required: true, type: 'array', min: 1, message: t('counts.placesMust') }]}
      >
        <CodesSelect of="places" label={t('counts.places')} placeholder={t('counts.placesPick')} />
      </Form.Item>
      <Form.Item name="products" label={t('counts.products')}>
        <CodesSelect of="products" label={t('counts.products')} placeholder={t('counts.productsAll')} />
      </Form.Item>
      <Form.Item name="abc" label={t('counts.abc')} extra={t('counts.abcHow')}>
        <Checkbox.Group
          options={CLASSES.map((one) => ({ value: one, label: t('counts.abcOf', { name: one }) }))}
        />
      </Form.Item>
      <div className="field-row">
        <Form.Item name="only" label={t('counts.only')}>
          <Select options={ONLY.map((one) => ({ value: one, label: t(`counts.onlyOf.${one || 'all'}`) }))} />
        </Form.Item>
        <Form.Item name="sample" label={t('counts.sample')} extra={t('counts.sampleHow')}>
          <InputNumber min={0} max={100} precision={0} suffix="%" />
        </Form.Item>
      </div>
      <Form.Item
        name="tracking"
        label={t('counts.tracking')}
        rules={[{ required: true, type: 'array', min: 1, message: t('counts.trackingMust') }]}
      >
        <Checkbox.Group
          options={TRACKINGS.map((one) => ({ value: one, label: t(`counts.trackingOf.${one}`) }))}
        />
      </Form.Item>
      <Form.Item name="kind" label={t('counts.kind')}>
        <Radio.Group className="count-choices">
          {choice('snapshot', 'snapshot')}
          {choice('live', 'live')}
        </Radio.Group>
      </Form.Item>
      <Form.Item name="blind" label={t('counts.sight')}>
        <Radio.Group className="count-choices">
          {choice(true, 'blind')}
          {choice(false, 'guided')}
        </Radio.Group>
      </Form.Item>
      <Form.Item
        name="same_counter"
        label={t('counts.sameCounter')}
        valuePropName="checked"
        extra={t('counts.sameCounterHow')}
      >
        <Switch />
      </Form.Item>
      <Form.Item name="document" label={t('counts.document')}>
        <Input maxLength={200} />
      </Form.Item>
    </EditDrawer>
  );
}
