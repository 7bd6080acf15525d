import { useState } from 'react';
import type { FormField } from '../../forms/model';

const USUAL = 12;

/** Which fields a list shows, remembered in this browser; at first the first dozen. */
export function useShownFields(form: string, fields: readonly FormField[]) {
  const key = `mazhi.columns.${form}`;
  const [hidden, setHidden] = useState<Record<string, boolean>>(() => {
    try {
      return JSON.parse(localStorage.getItem(key) ?? '{}') as Record<string, boolean>;
    } catch {
      return {};
    }
  });
  const isShown = (field: FormField, place: number) => !(hidden[field.id] ?? place >= USUAL);
  return {
    shown: fields.filter(isShown),
    isShown: (field: FormField) => isShown(field, fields.indexOf(field)),
    toggle: (field: FormField, shown: boolean) => {
      const next = { ...hidden, [field.id]: !shown };
      localStorage.setItem(key, JSON.stringify(next));
      setHidden(next);
    },
    reset: () => {
      localStorage.removeItem(key);
      setHidden({});
    },
  };
}
