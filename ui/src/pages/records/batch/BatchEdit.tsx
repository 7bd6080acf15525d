import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Modal, Progress, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../../components/Icon';
import type { FormInfo, FormRecord } from '../../../forms/calls';
import { useKinds } from '../../../forms/calls';
import { FieldInput } from '../../../forms/FieldInput';
import type { FormField, Values } from '../../../forms/model';
import { editsInPlace } from '../grid/editing';
import type { Outcome } from './changing';
import { changeMany, closed, differing } from './changing';
import { Refusals } from './Refusals';

interface BatchEditProps {
  app: string;
  form: FormInfo;
  fields: readonly FormField[];
  records: readonly FormRecord[];
  onDone: () => void;
  onClose: () => void;
}

/** The same fields of many records set to the same values: how many change is said before, what was refused after. */
export function BatchEdit({ app, form, fields, records, onDone, onClose }: BatchEditProps) {
  const { t } = useTranslation();
  const kinds = useKinds();
  const [values, setValues] = useState<Values>({});
  const [progress, setProgress] = useState(0);
  const possible = fields.filter(
    (one) =>
      editsInPlace(one, kinds) &&
      one.unique !== true &&
      records.some((some) => some.states[one.code] === undefined),
  );
  const chosen = possible.filter((one) => one.code in values);
  const change = differing(records, values);
  const shut = closed(change, values);
  const saving = useMutation<Outcome>({
    mutationFn: () => changeMany(app, form.code, change, values, setProgress),
    onSuccess: (outcome) => {
      if (outcome.refused.length === 0) onDone();
    },
  });
  const outcome = saving.data;
  const busy = saving.isPending;
  return (
    <Modal
      open
      width={600}
      title={t('records.batch.editTitle', { count: records.length })}
      onCancel={() => !busy && (outcome === undefined ? onClose() : onDone())}
      mask={{ closable: !busy }}
      footer={
        outcome !== undefined ? (
          <Button type="primary" onClick={onDone}>
            {t('done')}
          </Button>
        ) : (
          <>
            <Button onClick={onClose} disabled={busy}>
              {t('cancel')}
            </Button>
            <Button
              type="primary"
              loading={busy}
              disabled={chosen.length === 0 || change.length === 0}
              onClick={() => saving.mutate()}
            >
              {t('records.batch.apply', { count: change.length })}
            </Button>
          </>
        )
      }
    >
      <div className="stack batch-edit">
        {outcome === undefined && (
          <>
            {chosen.map((field) => (
              <div className="batch-line" key={field.id}>
                <label htmlFor={`batch-${field.code}`}>{field.title}</label>
                <FieldInput
                  field={field}
                  id={`batch-${field.code}`}
                  value={values[field.code] ?? null}
                  disabled={busy}
                  dense
                  onChange={(next) => setValues({ ...values, [field.code]: next })}
                />
                <Button
                  type="text"
                  disabled={busy}
                  aria-label={t('records.batch.drop', { field: field.title })}
                  icon={<Icon name="close" size={16} />}
                  onClick={() => {
                    const { [field.code]: _gone, ...rest } = values;
                    setValues(rest);
                  }}
                />
              </div>
            ))}
            <Select<string>
              className="field-wide"
              aria-label={t('records.batch.field')}
              placeholder={t(chosen.length === 0 ? 'records.batch.field' : 'records.batch.another')}
              showSearch={{ optionFilterProp: 'label' }}
              value={null}
              disabled={busy}
              options={possible
                .filter((one) => !(one.code in values))
                .map((one) => ({ value: one.code, label: one.title }))}
              onChange={(code) => setValues({ ...values, [code]: null })}
            />
            {chosen.length > 0 && (
              <p className="muted">
                {t('records.batch.preview', { change: change.length, same: records.length - change.length })}
                {chosen.some((one) => values[one.code] === null) && ` ${t('records.batch.empties')}`}
              </p>
            )}
            {shut.length > 0 && (
              <Alert type="warning" showIcon title={t('records.batch.shut', { count: shut.length })} />
            )}
          </>
        )}
        {(busy || outcome !== undefined) && (
          <Progress
            percent={Math.round((100 * progress) / Math.max(1, change.length))}
            status={outcome !== undefined && outcome.refused.length > 0 ? 'exception' : 'normal'}
          />
        )}
        {outcome !== undefined && (
          <>
            <p>{t('records.batch.changed', { count: outcome.done })}</p>
            <Refusals form={form} refused={outcome.refused} />
          </>
        )}
      </div>
    </Modal>
  );
}
