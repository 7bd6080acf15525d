import type { Fault, Params } from './faults';
import texts from './texts.json';

/** What a fault says to people, and what to do about it; the advice may be empty. */
export interface Description {
  message: string;
  advice: string;
}

type Entry = Readonly<Record<string, string>>;

const catalogue: Readonly<Record<string, Entry | undefined>> = texts;

/** Say a fault in words, which are the server's; an unknown code is said as itself. */
export function describe(fault: Pick<Fault, 'code' | 'params'>, language: string): Description {
  const entry = catalogue[fault.code];
  const tongue = language.startsWith('zh') ? 'zh' : 'en';
  return {
    message: filled(entry?.[tongue] ?? fault.code, fault.params),
    advice: filled(entry?.[`${tongue}_advice`] ?? '', fault.params),
  };
}

function filled(template: string, params: Params): string {
  return template.replace(/\{\{|\}\}|\{(\w+)\}/g, (whole, name?: string) =>
    name === undefined ? whole.charAt(0) : String(params[name] ?? ''),
  );
}
