import { InputNumber, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import type { FlowNode } from '../../../flowdesigner/tree';
import { MemberChoice } from './choices';
import { objectOf, textOf, useOption } from './useOption';

/** Until when a step is to be done, and what happens then. */
export function Due({ node }: { node: FlowNode }) {
  const { t } = useTranslation();
  const [value, set] = useOption(node, 'due');
  const due = objectOf(value);
  const on = Number(due['hours'] ?? 0) > 0;
  const then = textOf(due['then']) === '' ? 'remind' : textOf(due['then']);
  const put = (values: Record<string, unknown>) => set({ ...due, ...values });
  // What must be scanned is never passed because it is late.
  const offered = ['remind', ...(node.kind === 'scan' ? [] : ['approve', 'refuse']), 'send_back', 'transfer'];
  return (
    <div className="fw-rows">
      <label className="fw-flag">
        <Switch
          size="small"
          checked={on}
          onChange={(next) => set(next ? { hours: 24, then: 'remind' } : undefined)}
        />
        {t('flowdesigner.dueOn')}
      </label>
      {!on && <p className="hint">{t('flowdesigner.dueOff')}</p>}
      {on && (
        <>
          <div className="fw-row">
            <span className="fw-row-title">{t('flowdesigner.within')}</span>
            <InputNumber<number>
              size="small"
              aria-label={t('flowdesigner.within')}
              min={0.5}
              max={8760}
              step={1}
              suffix={t('flowdesigner.hours')}
              value={Number(due['hours'])}
              onChange={(hours) => put({ hours: hours ?? 24 })}
            />
          </div>
          <div className="fw-row">
            <span className="fw-row-title">{t('flowdesigner.then')}</span>
            <Select<string>
              size="small"
              aria-label={t('flowdesigner.then')}
              value={then}
              options={offered.map((one) => ({ value: one, label: t(`flowdesigner.late.${one}`) }))}
              onChange={(next) => put({ then: next })}
            />
          </div>
          {then === 'remind' && (
            <div className="fw-row">
              <span className="fw-row-title">{t('flowdesigner.everyHours')}</span>
              <InputNumber<number>
                size="small"
                aria-label={t('flowdesigner.everyHours')}
                min={1}
                max={720}
                placeholder={t('flowdesigner.once')}
                suffix={t('flowdesigner.hours')}
                value={typeof due['every'] === 'number' ? due['every'] : null}
                onChange={(every) => put({ every: every ?? undefined })}
              />
            </div>
          )}
          {then === 'transfer' && (
            <div className="fw-row">
              <span className="fw-row-title">{t('flowdesigner.transferTo')}</span>
              <MemberChoice
                label={t('flowdesigner.transferTo')}
                value={textOf(due['to'])}
                onChange={(to) => put({ to })}
              />
            </div>
          )}
          {node.kind === 'scan' && <p className="hint">{t('flowdesigner.scanNeverLate')}</p>}
        </>
      )}
    </div>
  );
}
