import { useState } from 'react';
import { problemOf } from '../../api/problem';
import type { Faults } from '../../forms/faults';
import { faultsOf, NO_FAULTS, settled } from '../../forms/faults';
import type { FormField, Values } from '../../forms/model';
import { changed } from '../../forms/model';

/** What somebody is filling in: the values, what is wrong with them, and whether anything differs. */
export function useEntry(initial: Values, fields: readonly FormField[]) {
  const [before, setBefore] = useState(initial);
  const [values, setValues] = useState(initial);
  const [faults, setFaults] = useState<Faults>(NO_FAULTS);
  const changes = changed(before, values);
  return {
    values,
    faults,
    changes,
    dirty: Object.keys(changes).length > 0,
    change: (code: string, value: unknown) => {
      setFaults((now) => settled(now, code, values[code], value));
      setValues((now) => ({ ...now, [code]: value }));
    },
    /** Begin again from other values, perhaps with some changed already. */
    restart: (from: Values, kept: Values = {}) => {
      setBefore(from);
      setValues({ ...from, ...kept });
      setFaults(NO_FAULTS);
    },
    refused: (error: unknown) => setFaults(faultsOf(problemOf(error), fields)),
  };
}
