import { useState } from 'react';
import { useForm, useKinds } from '../../../forms/calls';
import { fieldsOf } from '../../../forms/controls';
import { groupOf, written } from '../../records/asking';
import { FilterBuilder } from '../../records/FilterBuilder';
import '../../records/records.css';
import { useDesk } from '../desk';

interface FilterOptionProps {
  value: unknown;
  /** The other form whose records are meant, as `app/form`; empty for this one. */
  form: string;
  onChange: (value: unknown) => void;
}

/** Which records: conditions as in lists; what is not complete yet is kept here until it is. */
export function FilterOption({ value, form, onChange }: FilterOptionProps) {
  const desk = useDesk();
  const kinds = useKinds();
  const [app = '', code = ''] = form.split('/');
  const other = useForm(app === '' ? desk.app : app, code === '' ? desk.form.code : code);
  const [group, setGroup] = useState(() => groupOf(value));
  const fields = form === '' ? desk.form.fields : (other.data?.fields ?? []);
  return (
    <div className="fw-filter">
      <FilterBuilder
        group={group}
        fields={fieldsOf(fields, kinds)}
        onChange={(next) => {
          setGroup(next);
          onChange(written(next) ?? undefined);
        }}
      />
    </div>
  );
}
