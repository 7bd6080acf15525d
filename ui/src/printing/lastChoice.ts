interface Choice {
  label: string | null;
  printer: string | null;
}

const KEY = 'mazhi.print';

/** What was printed on which printer the last time at this screen. */
export function lastChoice(): Choice {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Choice>;
    return { label: found.label ?? null, printer: found.printer ?? null };
  } catch {
    return { label: null, printer: null };
  }
}

/** Remember it for the next time. */
export const keepChoice = (choice: Choice) => localStorage.setItem(KEY, JSON.stringify(choice));
