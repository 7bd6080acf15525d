import { asText } from '../../forms/model';

/** One fault of a dictionary: its code, and the way to it. */
export interface Fault {
  code: string;
  steps: string[];
}

interface Branch {
  value: string;
  title: string;
  label: string;
  selectable: boolean;
  children?: Branch[];
}

/** Read the faults of a field: a code, a blank, the way to it with slashes. */
export function faultsOf(lines: unknown): Fault[] {
  return (Array.isArray(lines) ? lines : []).flatMap((line) => {
    const found = /^(\S{1,40})\s+(\S.*)$/.exec(asText(line).trim());
    const [, code, path] = found ?? [];
    if (code === undefined || path === undefined) return [];
    const steps = path
      .split('/')
      .map((step) => step.trim())
      .filter((step) => step !== '');
    return [{ code, steps }];
  });
}

/** The same with those of one family before the others. */
export function familyFirst(faults: Fault[], family: string): Fault[] {
  const mine = faults.filter((one) => one.steps[0] === family);
  return mine.length === 0 ? faults : [...mine, ...faults.filter((one) => one.steps[0] !== family)];
}

/** The tree that they make; only faults can be chosen, not what they stand under. */
export function treeOf(faults: Fault[]): Branch[] {
  const top: Branch[] = [];
  for (const { code, steps } of faults) {
    let level = top;
    steps.slice(0, -1).forEach((step, depth) => {
      const value = steps.slice(0, depth + 1).join('/');
      let found = level.find((one) => one.value === value && !one.selectable);
      if (found === undefined) {
        found = { value, title: step, label: step, selectable: false, children: [] };
        level.push(found);
      }
      level = found.children ??= [];
    });
    const name = steps.at(-1) ?? '';
    level.push({
      value: code,
      title: `${code} ${name}`,
      label: `${code} ${steps.join(' / ')}`,
      selectable: true,
    });
  }
  return top;
}
