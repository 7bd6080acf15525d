import { useTranslation } from 'react-i18next';
import { useKinds } from '../../../forms/calls';
import type { FormInfo } from '../../../forms/calls';
import { fieldsOf } from '../../../forms/controls';
import { titleOf } from '../titleOf';
import type { Refusal } from './changing';

/** Every record that was refused, and why. */
export function Refusals({ form, refused }: { form: FormInfo; refused: readonly Refusal[] }) {
  const { t } = useTranslation();
  const fields = fieldsOf(form.fields, useKinds());
  if (refused.length === 0) return null;
  return (
    <section className="batch-refused" aria-label={t('records.batch.refusals')}>
      <b>{t('records.batch.refused', { count: refused.length })}</b>
      <ul>
        {refused.map(({ record, why }) => (
          <li key={record.id}>
            <span className="mono">{titleOf(record, fields)}</span>
            <span>{why}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
