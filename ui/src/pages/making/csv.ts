/** Signs that make a spreadsheet take a cell for a formula. */
const FORMULA = /^[=+\-@\t\r]/;

/** One column as CSV for Excel: with a byte order mark, every value in quotes, an apostrophe before what looks like a formula. */
export function csvOf(title: string, values: readonly string[]): string {
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const cell = (value: string) => quoted(FORMULA.test(value) ? `'${value}` : value);
  return `\ufeff${[quoted(title), ...values.map(cell)].join('\r\n')}\r\n`;
}
