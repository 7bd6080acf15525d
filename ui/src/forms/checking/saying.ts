import texts from './texts.json';

type Entry = Readonly<Record<string, string>>;

const catalogue: Readonly<Record<string, Entry | undefined>> = texts;

/** Say in words what is wrong with a value, as the server would. */
export function say(
  fault: { code: string; params: Readonly<Record<string, string | number>> },
  language: string,
): string {
  const entry = catalogue[fault.code];
  const tongue = language.startsWith('zh') ? 'zh' : 'en';
  const words = [entry?.[tongue] ?? fault.code, entry?.[`${tongue}_advice`] ?? ''].join('');
  return words.replace(/\{(\w+)\}/g, (_, name: string) => String(fault.params[name] ?? ''));
}
