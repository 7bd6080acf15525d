/** Of a large paste only so much is looked at here: the server reads the rest. */
const LOOKED_AT = 64 * 1024;

/** What was copied from a sheet, as far as this page need know it. */
export interface Copied {
  text: string;
  /** The first rows, for the eye. */
  rows: string[][];
  columns: number;
  /** Lines in all; cells that hold line breaks count for more than one. */
  lines: number;
}

/** Look at what was copied without reading it all: ten megabytes must not stop the page. */
export function look(text: string): Copied | null {
  if (text.trim() === '') return null;
  const head = text.slice(0, LOOKED_AT);
  const rows = head
    .split(/\r\n?|\n/)
    .slice(0, 6)
    .map((line) => line.split('\t'));
  let lines = text.endsWith('\n') ? 0 : 1;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
  return { text, rows, columns: Math.max(...rows.map((row) => row.length)), lines };
}

/** Whether the first row names fields rather than holding values. */
export function hasTitles(copied: Copied, known: ReadonlySet<string>): boolean {
  return copied.rows[0]?.some((cell) => known.has(cell.trim().replace(/[*＊]$/, ''))) ?? false;
}

/** The file that a paste is sent as; without titles its columns go by the order of the fields. */
export function fileOf(copied: Copied, titles: readonly string[] | null): File {
  const parts =
    titles === null ? [copied.text] : [`${titles.slice(0, copied.columns).join('\t')}\n`, copied.text];
  return new File(parts, 'paste.tsv', { type: 'text/tab-separated-values' });
}
