import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../api/problem';
import { useForm, useKinds } from '../../../forms/calls';
import { EntryAroundProvider } from '../../../forms/entry';
import '../../../forms/fields.css';
import type { FormField } from '../../../forms/model';
import { RecordFields } from '../../../forms/RecordFields';
import type { TaskRecord } from '../../../flows/api';

interface PictureProps {
  record: TaskRecord;
  /** The code of the field that must hold a picture before the step is completed. */
  code: string;
  value: unknown;
  /** What the server said about it; null where nothing. */
  problem: Problem | null;
  onChange: (value: unknown) => void;
}

/** The picture (要拍照) that a step of scanning asks for: taken where one stands. */
export function Picture({ record, code, value, problem, onChange }: PictureProps) {
  const { t } = useTranslation();
  const { data: form } = useForm(record.app, record.form);
  const kinds = useKinds();
  const field = form?.fields.flatMap(within).find((one) => one.code === code);
  if (field === undefined || kinds.size === 0) return null;
  const told = problem?.errors?.find((one) => one.pointer?.startsWith(`/values/${code}`))?.message;
  const values = { ...record.values, [code]: value };
  const around = {
    ...{ app: record.app, form: record.form, record: record.id, values },
    change: (_: string, next: unknown) => onChange(next),
  };
  return (
    <section className="card st-picture" aria-label={t('tasks.scan.picture')}>
      <EntryAroundProvider value={around}>
        <RecordFields
          fields={[{ ...field, required: true, hidden: false, read_only: false, width: 12 }]}
          values={values}
          faults={new Map(told == null ? [] : [[code, told]])}
          prefix="scan-picture"
          onChange={(_, next) => onChange(next)}
        />
      </EntryAroundProvider>
    </section>
  );
}

/** A field, and those that stand in it where it is only a part of the page. */
function within(field: FormField): FormField[] {
  return [field, ...(field.fields ?? []).flatMap(within)];
}
