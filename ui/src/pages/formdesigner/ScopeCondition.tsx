import { useState } from 'react';
import type { FormField } from '../../forms/model';
import { fieldsOf } from '../../forms/controls';
import { useKinds } from '../../forms/calls';
import { groupOf, written } from '../records/asking';
import { FilterBuilder } from '../records/FilterBuilder';

interface ScopeConditionProps {
  filter: unknown;
  fields: FormField[];
  onChange: (filter: unknown) => void;
}

/** The records that fit a condition; what is not complete yet is kept here until it is. */
export function ScopeCondition({ filter, fields, onChange }: ScopeConditionProps) {
  const [group, setGroup] = useState(() => groupOf(filter));
  return (
    <div className="fd-scope-condition">
      <FilterBuilder
        group={group}
        fields={fieldsOf(fields, useKinds())}
        onChange={(next) => {
          setGroup(next);
          onChange(written(next));
        }}
      />
    </div>
  );
}
