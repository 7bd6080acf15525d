/** One way in which a flow begins, as it is drawn. */
export type Trigger = Record<string, unknown>;

/** What triggers are called, just as the server does: by their ids, or by their kind and how many of it come before. */
export function keysOf(triggers: readonly Trigger[]): string[] {
  const counts = new Map<string, number>();
  return triggers.map((one) => {
    const kind = String(one['kind']);
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return typeof one['id'] === 'string' && one['id'] !== '' ? one['id'] : `${kind}-${count}`;
  });
}

/** Triggers that keep what they are called, whatever comes and goes beside them. */
export function kept(triggers: readonly Trigger[]): Trigger[] {
  const keys = keysOf(triggers);
  return triggers.map((one, at) => ({ ...one, id: keys[at] }));
}

/** What each kind asks for only where something else is chosen; what is missing here always applies. */
const APPLIES: Record<string, Record<string, (said: (name: string) => unknown) => boolean>> = {
  schedule: {
    at: (said) => said('every') !== 'minutes',
    days: (said) => ['week', 'month'].includes(String(said('every'))),
    minutes: (said) => said('every') === 'minutes',
    filter: (said) => said('on') !== 'new',
    values: (said) => said('on') === 'new',
  },
  webhook: {
    field: (said) => said('record') === 'find',
    path: (said) => said('record') === 'find',
  },
  before_save: { before: (said) => said('on') !== 'create' },
};

/** The options of a trigger that mean something beside what it says. */
export function applying<T extends { name: string; default: unknown }>(
  trigger: Trigger,
  options: readonly T[],
): T[] {
  const said = (name: string) => trigger[name] ?? options.find((one) => one.name === name)?.default;
  const rules = APPLIES[String(trigger['kind'])] ?? {};
  return options.filter((one) => rules[one.name]?.(said) ?? true);
}

/** A trigger with something else said; what no longer means anything is forgotten. */
export function changed(
  trigger: Trigger,
  options: readonly { name: string; default: unknown }[],
  name: string,
  value: unknown,
): Trigger {
  const next: Trigger = { ...trigger, [name]: value };
  // 1 is Monday of a week and the first of a month.
  if (name === 'every' && value !== trigger['every']) delete next['days'];
  const known = new Set(options.map((one) => one.name));
  const left = new Set(applying(next, options).map((one) => one.name));
  return Object.fromEntries(
    Object.entries(next).filter(([key, one]) => one !== undefined && (!known.has(key) || left.has(key))),
  );
}

type Say = (key: string, values?: Record<string, unknown>) => string;

/** What a trigger comes to, in a few words; empty where its kind says it all. */
export function inWords(trigger: Trigger, title: (field: string) => string, t: Say): string {
  const text = (name: string, otherwise = '') =>
    typeof trigger[name] === 'string' && trigger[name] !== '' ? trigger[name] : otherwise;
  const list = (name: string) => (Array.isArray(trigger[name]) ? trigger[name].map(String) : []);
  const several = (parts: string[]) => parts.join(t('flowdesigner.comma'));
  const time = text('at', '08:00');
  switch (trigger['kind']) {
    case 'record_changed':
      return several(list('fields').map(title));
    case 'button':
      return t('flowdesigner.trigger.button', { title: text('title', t('flowdesigner.trigger.start')) });
    case 'scan':
      return several([...(text('field') === '' ? [] : [title(text('field'))]), ...list('stations')]);
    case 'before_save':
      return text('message');
    case 'date': {
      if (text('field') === '') return '';
      const days = typeof trigger['days'] === 'number' ? trigger['days'] : 0;
      const when = days === 0 ? 'onDay' : days < 0 ? 'before' : 'after';
      return `${t(`flowdesigner.trigger.${when}`, { field: title(text('field')), count: Math.abs(days) })} ${time}`;
    }
    case 'schedule':
      switch (text('every', 'day')) {
        case 'minutes':
          return t('flowdesigner.trigger.minutes', {
            count: typeof trigger['minutes'] === 'number' ? trigger['minutes'] : 60,
          });
        case 'week':
          return `${t('flowdesigner.trigger.week', {
            days: several(orFirst(list('days')).map((day) => t(`flowdesigner.weekday.${day}`))),
          })} ${time}`;
        case 'month':
          return `${t('flowdesigner.trigger.month', {
            days: several(orFirst(list('days')).map((day) => t('flowdesigner.monthday', { day }))),
          })} ${time}`;
        default:
          return `${t('flowdesigner.trigger.day')} ${time}`;
      }
    default:
      return '';
  }
}

/** Where no day is said, it is the first. */
const orFirst = (days: string[]) => (days.length === 0 ? ['1'] : days);
