import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import type { CodePart } from '../../components/SegmentedCode';
import { useDebounced } from '../../components/useDebounced';
import type { Check, Kinds, Segment, Sketch } from './calls';
import { checkRule } from './calls';
import { atTheEnd, fieldLabel, fieldNames, following, wordOf } from './segments';

/** What the user supposes about the use of a rule. */
export interface Supposed {
  fields: Record<string, string>;
  product: string | null;
  planned: number;
  perPeriod: number | null;
}

/** One code that the rule would make, and when. */
export interface Example {
  label: string;
  code: string;
  parts: CodePart[];
}

/** What the server says of a rule under construction, and codes that it would make. */
export interface Assessment {
  check: Check | undefined;
  examples: Example[];
  error: Error | null;
  /** The answer is about an earlier state of the rule. */
  stale: boolean;
}

const STILL_MS = 300;

/** Have a rule looked at while it is drawn up. */
export function useAssessment(
  code: string | undefined,
  segments: Segment[],
  supposed: Supposed,
  kinds: Kinds,
): Assessment {
  const { t } = useTranslation();
  const now = useDebounced(JSON.stringify({ code, segments, supposed }), STILL_MS);
  const still = JSON.parse(now) as { code?: string; segments: Segment[]; supposed: Supposed };
  const base: Sketch = {
    code: still.code,
    segments: still.segments,
    fields: filled(still.supposed.fields),
    product: still.supposed.product,
  };
  const main = useQuery({
    queryKey: ['codes', 'check', now],
    queryFn: () =>
      checkRule({
        ...base,
        count: 3,
        planned: still.supposed.planned,
        per_period: still.supposed.perPeriod,
      }),
    enabled: still.segments.length > 0,
    placeholderData: keepPreviousData,
  });
  const fine = !main.isPlaceholderData && main.data !== undefined && main.data.parts.length > 0;
  const cases = fine ? scenarios(base, main.data, kinds, t) : [];
  const others = useQueries({
    queries: cases.map(({ sketch }) => ({
      queryKey: ['codes', 'check', JSON.stringify(sketch)],
      queryFn: () => checkRule({ ...sketch, count: 1 }),
      staleTime: 60_000,
    })),
  });
  const check = still.segments.length > 0 ? main.data : undefined;
  const first = firstExamples(check, t);
  const more = cases.flatMap(({ label }, place) => {
    const found = others[place]?.data;
    const example = found?.examples[0];
    return example === undefined || !found ? [] : [{ label, code: example, parts: found.parts }];
  });
  return {
    check,
    examples: [...first, ...more],
    error: main.error,
    stale: main.isPlaceholderData || now !== JSON.stringify({ code, segments, supposed }),
  };
}

type Say = (key: string, options?: Record<string, unknown>) => string;

function filled(fields: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
}

/** The first code; where only chance tells codes apart, some more of them. */
function firstExamples(check: Check | undefined, t: Say): Example[] {
  const code = check?.examples[0];
  if (check === undefined || code === undefined) return [];
  const first = { label: t('codes.firstOne'), code, parts: check.parts };
  if (check.parts.some((part) => part.kind === 'counter')) return [first];
  const more = check.examples.slice(1).map((other) => ({
    label: t('codes.another'),
    code: other,
    parts: check.parts.map((part) => ({ kind: part.kind, text: other.slice(part.start, part.end) })),
  }));
  return [first, ...more];
}

/** Other circumstances worth seeing: another line, the next day, the last number. */
function scenarios(base: Sketch, check: Check, kinds: Kinds, t: Say): { label: string; sketch: Sketch }[] {
  const { segments } = base;
  const found: { label: string; sketch: Sketch }[] = [];
  const name = fieldNames(segments)[0];
  const part = check.parts.find((one) => one.kind === 'field' && segments[one.segment]?.['name'] === name);
  const other = part === undefined ? undefined : following(part.text);
  if (name !== undefined && other !== undefined) {
    const label = t('codes.otherField', { field: fieldLabel(kinds, name), value: other });
    found.push({ label, sketch: { ...base, fields: { ...base.fields, [name]: other } } });
  }
  if (segments.some((one) => one.kind === 'date')) {
    const at = dayjs().add(1, 'day').hour(8).minute(0).second(0).millisecond(0).format();
    found.push({ label: t('codes.tomorrow'), sketch: { ...base, at } });
  }
  const end = atTheEnd(segments);
  if (end !== undefined) {
    const reset = wordOf(
      segments.find((one) => one.kind === 'counter'),
      'reset',
      'never',
    );
    // Without its own code the server does not look for clashes with the rule's earlier self.
    found.push({ label: t(`codes.last.${reset}`), sketch: { ...base, segments: end } });
  }
  return found;
}
