import { Button, Checkbox, Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';
import type { RecordGuess, RecordPlan, RecordReport } from './calls';

interface ImportFootProps {
  guess: RecordGuess;
  plan: RecordPlan;
  report: RecordReport | null;
  importing: boolean;
  onChange: (plan: RecordPlan) => void;
  onImport: () => void;
}

/** How records that are there are found, what becomes of them, and the button that brings the good rows in. */
export function ImportFoot({ guess, plan, report, importing, onChange, onImport }: ImportFootProps) {
  const { t } = useTranslation();
  const mapped = new Set(Object.values(plan.mapping));
  const keys = guess.targets.filter((one) => one.key && mapped.has(one.name));
  const count = report === null ? 0 : report.added + report.changed;
  return (
    <div className="card import-foot">
      <label>
        <span>{t('imports.findBy')}</span>
        <Select<string[]>
          mode="multiple"
          className="imports-keys"
          value={plan.keys}
          placeholder={t('imports.allNew')}
          maxTagCount="responsive"
          options={keys.map((one) => ({ value: one.name, label: one.title }))}
          onChange={(next) => onChange({ ...plan, keys: next })}
        />
      </label>
      {plan.keys.length > 0 && (
        <>
          <span>{t('imports.existing')}</span>
          <Segmented<RecordPlan['existing']>
            value={plan.existing}
            options={(['skip', 'update', 'refuse'] as const).map((value) => ({
              value,
              label: t(`imports.existings.${value}`),
            }))}
            onChange={(existing) => onChange({ ...plan, existing })}
          />
          {plan.existing === 'update' && (
            <Checkbox
              checked={plan.clear}
              onChange={(event) => onChange({ ...plan, clear: event.target.checked })}
            >
              {t('imports.clear')}
            </Checkbox>
          )}
        </>
      )}
      <span className="grow" />
      {report !== null && report.bad_rows > 0 && count > 0 && (
        <span className="muted">{t('import.badStay', { count: report.bad_rows })}</span>
      )}
      <Button
        type="primary"
        size="large"
        disabled={report === null || count === 0}
        loading={importing}
        onClick={onImport}
      >
        {report !== null && count === 0
          ? t('import.nothing')
          : t('imports.go', { count: report === null ? '…' : count.toLocaleString() })}
        <Icon name="right" size={16} />
      </Button>
    </div>
  );
}
