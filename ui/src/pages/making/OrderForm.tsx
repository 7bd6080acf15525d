import { useQuery } from '@tanstack/react-query';
import { AutoComplete, Form, Input, InputNumber, Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Product } from '../../api/master';
import { listPlaces } from '../../api/master';
import { fieldProblem, problemOf } from '../../api/problem';
import { BatchSelect, PlaceSelect, ProductSelect } from '../../components/pickers';
import { SegmentedCode } from '../../components/SegmentedCode';
import type { RuleSummary } from '../codes/calls';
import { fieldNames, split } from '../codes/segments';
import type { Order } from './order';
import { MOST } from './order';
import { PackageTypeField } from './PackageTypeField';
import { TypedBox } from './TypedBox';

interface OrderFormProps {
  order: Order;
  rules: RuleSummary[];
  rule: RuleSummary | undefined;
  product: Product | undefined;
  /** What the server said of the last try. */
  problem: unknown;
  onChange: (part: Partial<Order>) => void;
}

const OFTEN = [10, 100, 1000, 10_000];

/** What is to be made. */
export function OrderForm({ order, rules, rule, product, problem, onChange }: OrderFormProps) {
  const { t } = useTranslation();
  const refused = problem === null ? undefined : problemOf(problem);
  const at = (pointer: string) => {
    const found = fieldProblem(refused, pointer);
    return found === undefined
      ? {}
      : { validateStatus: 'error' as const, help: [found.message, found.advice].filter(Boolean).join('') };
  };
  return (
    <Form layout="vertical" component="div">
      <Form.Item label={t('making.what')}>
        <Segmented<Order['kind']>
          block
          value={order.kind}
          options={[
            { value: 'serial', label: t('making.kind.serial') },
            { value: 'package', label: t('making.kind.package') },
          ]}
          onChange={(kind) => onChange({ kind, rule: null })}
        />
      </Form.Item>
      {order.kind === 'serial' && (
        <Form.Item
          label={t('product')}
          required
          extra={
            product !== undefined && product.tracking !== 'serial' ? t('making.notSerial') : product?.name
          }
          {...at('/product')}
        >
          <ProductSelect
            value={order.product}
            aria-label={t('product')}
            onChange={(code) => onChange({ product: code, rule: null, batch: null })}
          />
        </Form.Item>
      )}
      <Form.Item label={t('making.way')}>
        <Segmented<Order['way']>
          block
          value={order.way}
          options={[
            { value: 'rule', label: t('making.byRule') },
            { value: 'typed', label: t('making.byHand') },
          ]}
          onChange={(way) => onChange({ way })}
        />
      </Form.Item>
      {order.way === 'rule' ? (
        <RuleFields
          order={order}
          rules={rules}
          rule={rule}
          onChange={onChange}
          at={at}
          isDefault={product?.rule === rule?.code}
        />
      ) : (
        <TypedBox order={order} onChange={onChange} {...at('/codes')} />
      )}
      <div className="making-pair">
        {order.kind === 'serial' && (
          <Form.Item label={t('batch_')} {...at('/batch')}>
            <BatchSelect
              value={order.batch}
              product={order.product}
              disabled={order.product === null}
              placeholder={t('making.optional')}
              aria-label={t('batch_')}
              onChange={(batch) => onChange({ batch })}
            />
          </Form.Item>
        )}
        {order.kind === 'package' && (
          <PackageTypeField value={order.packageType} onChange={onChange} {...at('/package_type')} />
        )}
        <Form.Item label={t('place')} {...at('/place')}>
          <PlaceSelect
            value={order.place}
            placeholder={t('making.optional')}
            aria-label={t('place')}
            onChange={(place) => onChange({ place })}
          />
        </Form.Item>
      </div>
      <div className="making-pair">
        <Form.Item label={t('making.document')}>
          <Input
            value={order.document}
            placeholder={t('making.documentExample')}
            aria-label={t('making.document')}
            onChange={(event) => onChange({ document: event.target.value })}
          />
        </Form.Item>
        <Form.Item label={t('note')}>
          <Input
            value={order.note}
            aria-label={t('note')}
            onChange={(event) => onChange({ note: event.target.value })}
          />
        </Form.Item>
      </div>
    </Form>
  );
}

type At = (pointer: string) => object;

interface RuleFieldsProps {
  order: Order;
  rules: RuleSummary[];
  rule: RuleSummary | undefined;
  isDefault: boolean;
  onChange: (part: Partial<Order>) => void;
  at: At;
}

function RuleFields({ order, rules, rule, isDefault, onChange, at }: RuleFieldsProps) {
  const { t } = useTranslation();
  const names = rule === undefined ? [] : fieldNames(rule.segments);
  return (
    <>
      <Form.Item
        label={t('making.rule')}
        required
        extra={
          rules.length === 0 ? (
            <Link to="/codes/new">{t('making.noRules')}</Link>
          ) : (
            rule && (
              <>
                <SegmentedCode parts={split(rule.segments, rule.example)} />{' '}
                {isDefault && order.kind === 'serial' && t('making.isDefault')}
              </>
            )
          )
        }
        {...at('/rule')}
      >
        <Select
          value={rule?.code}
          placeholder={t('making.chooseRule')}
          aria-label={t('making.rule')}
          showSearch={{ optionFilterProp: 'search' }}
          options={rules.map((one) => ({
            value: one.code,
            label: `${one.name}（${one.code}）`,
            search: `${one.name} ${one.code}`,
          }))}
          onChange={(code) => onChange({ rule: code })}
        />
      </Form.Item>
      {names.length > 0 && (
        <div className="making-pair">
          {names.map((name) => (
            <Form.Item
              key={name}
              label={t(`making.field.${name}`, { defaultValue: name })}
              required
              {...at(`/fields/${name}`)}
            >
              <FieldValue name={name} order={order} onChange={onChange} />
            </Form.Item>
          ))}
        </div>
      )}
      <Form.Item label={t('making.count')} required {...at('/count')}>
        <div className="row making-count">
          <InputNumber
            value={order.count}
            min={1}
            max={MOST}
            precision={0}
            aria-label={t('making.count')}
            formatter={(value) => String(value ?? '').replace(/\B(?=(\d{3})+$)/g, ',')}
            parser={(text) => Number((text ?? '').replace(/\D/g, ''))}
            onChange={(count) => onChange({ count })}
          />
          {OFTEN.map((count) => (
            <button
              key={count}
              type="button"
              className="making-often number"
              onClick={() => onChange({ count })}
            >
              {count.toLocaleString('en')}
            </button>
          ))}
        </div>
      </Form.Item>
    </>
  );
}

/** The value of a field; lines are offered from the places of that kind. */
function FieldValue({
  name,
  order,
  onChange,
}: {
  name: string;
  order: Order;
  onChange: (part: Partial<Order>) => void;
}) {
  const { t } = useTranslation();
  const lines = useQuery({
    queryKey: ['places', 'lines'],
    queryFn: ({ signal }) => listPlaces({ kind: 'line', active: true, limit: 200 }, signal),
    enabled: name === 'line',
    staleTime: 60_000,
  });
  const value = order.fields[name] ?? (name === 'batch' ? (order.batch ?? '') : '');
  return (
    <AutoComplete
      value={value}
      aria-label={t(`making.field.${name}`, { defaultValue: name })}
      options={
        name === 'line'
          ? lines.data?.rows.map((line) => ({ value: line.code, label: `${line.code} ${line.name}` }))
          : []
      }
      onChange={(next: string) => onChange({ fields: { ...order.fields, [name]: next.trim() } })}
    />
  );
}
