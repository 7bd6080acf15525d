import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../api/problem';
import { isUploading } from '../files/pending';
import { useKinds } from './calls';
import { fieldsOf } from './controls';
import type { Faults } from './faults';
import { faultsOf, NO_FAULTS, settled as corrected } from './faults';
import type { LiveEntry } from './LiveEntry';
import { LiveForm } from './live/live';
import type { RuledForm } from './live/plan';
import { settled } from './live/settling';
import { localFaults } from './localFaults';
import type { FieldState, Values } from './model';
import { changed } from './model';
import { entered, sent, unlocked } from './sending';

interface How {
  /** A record that is not there yet. */
  fresh: boolean;
  /** What the reader may do with fields that are not simply theirs. */
  states?: Partial<Record<string, FieldState>>;
  /** Of a record that is changed: the codes of fields that are looked at although they did not change. */
  asked?: ReadonlySet<string>;
}

const ALL = '*';
const UPLOADING = 'uploading';
const NO_STATES: Partial<Record<string, FieldState>> = {};
const NOTHING: ReadonlySet<string> = new Set();

/** What somebody is filling in: the values with what follows from them, what is wrong, and what is to be sent. */
export function useEntry(
  form: RuledForm,
  initial: Values,
  { fresh, states = NO_STATES, asked = NOTHING }: How,
) {
  const { t, i18n } = useTranslation();
  const kinds = useKinds();
  const [before, setBefore] = useState(initial);
  const [given, setGiven] = useState(initial);
  const [told, setTold] = useState<Faults>(NO_FAULTS);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [reveal, setReveal] = useState<LiveEntry['reveal']>(null);
  const fields = useMemo(() => fieldsOf(form.fields, kinds), [form.fields, kinds]);
  const live = useMemo(() => {
    // Of what the reader does not see nothing can be worked out here: the server does it.
    const unseen = new Set(Object.keys(states).filter((code) => states[code] !== 'read_only'));
    return new LiveForm(form, kinds, { unseen });
  }, [form, kinds, states]);
  const worked = useMemo(() => {
    const old = fresh ? null : before;
    const first = settled(live, given, old);
    const held = unlocked(given, before, first.own);
    // What a lock takes back counts for what is worked out; what rules say stays, or it would go to and fro.
    return held === given ? first : { ...settled(live, held, old), own: first.own, rows: first.rows };
  }, [live, given, before, fresh]);

  const differ = changed(before, given);
  const codes = new Set(Object.keys(differ));
  const local = useMemo(
    () =>
      left.size === 0
        ? []
        : localFaults({
            ...{ fields, values: worked.values, worked, kinds, states },
            ...{ language: i18n.language, unclear: t('fields.unclear') },
            changed: fresh ? null : new Set([...Object.keys(changed(before, given)), ...asked]),
          }),
    [left, fields, worked, kinds, states, i18n.language, t, fresh, before, given, asked],
  );
  const faults = useMemo(() => together(told, local, left), [told, local, left]);

  const change = useCallback(
    (code: string, value: unknown) => {
      const shown = worked.values[code];
      setTold((now) => (now.rest?.code === UPLOADING ? NO_FAULTS : corrected(now, code, shown, value)));
      setGiven((now) => {
        const rows = Array.isArray(value) && Array.isArray(shown) && worked.rows[code] !== undefined;
        const old = Array.isArray(now[code]) ? (now[code] as Values[]) : [];
        return { ...now, [code]: rows ? entered(value as Values[], shown as Values[], old) : value };
      });
    },
    [worked],
  );
  const leave = useCallback(
    (place: string) => setLeft((now) => (now.has(place) ? now : new Set([...now, place]))),
    [],
  );
  const all = useMemo<LiveEntry>(() => ({ worked, leave, reveal }), [worked, leave, reveal]);
  const body = sent(fields, given, worked, kinds, fresh);
  return {
    /** For `LiveEntryProvider`. */
    live: all,
    values: worked.values,
    faults,
    change,
    leave,
    /** What a new record is sent with. */
    body,
    /** What is sent of a record that is changed. */
    changes: Object.fromEntries(
      Object.entries(body).filter(([code]) => codes.has(code) && worked.own[code]?.shown !== false),
    ),
    dirty: codes.size > 0,
    /** Whether it may be sent; if not, everything that is wrong is told from now on. */
    ready: () => {
      if (isUploading()) {
        setTold({ ...NO_FAULTS, rest: { title: t('files.uploading'), status: 0, code: UPLOADING } });
        return false;
      }
      const wrong = localFaults({
        ...{ fields, values: worked.values, worked, kinds, states },
        ...{ language: i18n.language, unclear: t('fields.unclear') },
        changed: fresh ? null : new Set([...codes, ...asked]),
      });
      if (wrong.length > 0) setLeft(new Set([ALL]));
      return wrong.length === 0;
    },
    /** Bring a place in sight, wherever it is folded away. */
    show: (place: string) => setReveal((now) => ({ place, time: (now?.time ?? 0) + 1 })),
    /** Begin again from other values, perhaps with some changed already. */
    restart: (from: Values, kept: Values = {}) => {
      setBefore(from);
      setGiven({ ...from, ...kept });
      setTold(NO_FAULTS);
      setLeft(new Set());
    },
    refused: (error: unknown) => setTold(faultsOf(problemOf(error), fields)),
  };
}

/** What the server said together with what this page says of fields that were left, or of all after an attempt. */
function together(told: Faults, local: Faults['list'], left: ReadonlySet<string>): Faults {
  const whole = left.has(ALL);
  const shown = local.filter((one) => whole || left.has(one.place));
  if (shown.length === 0) return told;
  const at = new Map(told.at);
  for (const one of shown) if (one.place !== '' && !at.has(one.place)) at.set(one.place, one.message);
  const known = new Set(told.list.map((one) => one.place));
  const list = [...told.list, ...(whole ? shown.filter((one) => !known.has(one.place)) : [])];
  return { at, list, rest: told.rest };
}
