import { AutoComplete, Form, Input } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Order } from './order';
import { MOST } from './order';
import { parseTyped } from './typed';

interface TypedBoxProps {
  order: Order;
  onChange: (part: Partial<Order>) => void;
  validateStatus?: 'error';
  help?: string;
}

const SHOWN = 5;

/** Codes that are there already, typed or pasted, counted while they are typed. */
export function TypedBox({ order, onChange, validateStatus, help }: TypedBoxProps) {
  const { t } = useTranslation();
  const typed = useMemo(() => parseTyped(order.typed), [order.typed]);
  const tooMany = typed.count > BigInt(MOST);
  return (
    <>
      <Form.Item
        label={t('making.codes')}
        required
        {...(validateStatus && { validateStatus })}
        help={help}
        extra={t('making.grammar')}
      >
        <Input.TextArea
          className="mono"
          value={order.typed}
          autoSize={{ minRows: 4, maxRows: 12 }}
          placeholder={'SN001-SN005, SN9\nSN100+20'}
          aria-label={t('making.codes')}
          spellCheck={false}
          onChange={(event) => onChange({ typed: event.target.value })}
        />
      </Form.Item>
      <p className="making-typed" aria-live="polite">
        <b className={`number ${tooMany ? 'making-wrong' : ''}`}>{typed.count.toLocaleString('en')}</b>{' '}
        {tooMany ? t('making.tooMany') : t('making.typedCount')}
      </p>
      {typed.faults.length > 0 && (
        <ul className="making-faults" role="alert">
          {typed.faults.slice(0, SHOWN).map((fault, index) => (
            <li key={index}>
              <span className="mono">{fault.item}</span> {t(`making.fault.${fault.code}`)}
            </li>
          ))}
          {typed.faults.length > SHOWN && (
            <li>{t('making.moreFaults', { count: typed.faults.length - SHOWN })}</li>
          )}
        </ul>
      )}
      <Form.Item label={t('making.namespace')} extra={t('making.namespaceHelp')}>
        <AutoComplete
          value={order.namespace}
          aria-label={t('making.namespace')}
          options={[{ value: 'own', label: t('making.own') }]}
          onChange={(namespace: string) => onChange({ namespace: namespace.trim() })}
        />
      </Form.Item>
    </>
  );
}
