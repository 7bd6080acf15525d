import type { FormField, Shape, Values } from './model';

const YES = new Set(['是', '对', '有', '√', '✓', 'yes', 'y', 'true', '1', '合格']);
const NO = new Set(['否', '不', '无', '×', 'no', 'n', 'false', '0', '不合格']);
const DAY = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/;

/** The cells of what was copied from a sheet; null if it is a single text, which the field takes itself. */
export function cellsOf(text: string): string[][] | null {
  const trimmed = text.replace(/\r\n?/g, '\n').replace(/\n$/, '');
  if (!trimmed.includes('\t') && !trimmed.includes('\n')) return null;
  return rowsOf(trimmed);
}

/** Sheets put cells that hold line breaks or quotes within quotes. */
function rowsOf(text: string): string[][] {
  const rows: string[][] = [[]];
  let cell = '';
  let quoted = false;
  const end = () => {
    rows.at(-1)?.push(cell.trim());
    cell = '';
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (sign === '"' && cell === '') quoted = true;
    else if (sign === '\t') end();
    else if (sign === '\n') {
      end();
      rows.push([]);
    } else cell += sign;
  }
  end();
  return rows;
}

/** A cell of a sheet as the value of a field; what cannot be read stays as it is, and the server says what is wrong. */
export function valueOf(cell: string, shape: Shape, field: FormField): unknown {
  if (cell === '') return null;
  if (shape === 'number') {
    const plain = cell.replace(/[,，\s]/g, '');
    const number = Number(plain);
    return plain !== '' && Number.isFinite(number) ? number : cell;
  }
  if (shape === 'boolean') {
    const word = cell.toLowerCase();
    return YES.has(word) ? true : NO.has(word) ? false : null;
  }
  if (shape === 'date') {
    const [, year, month = '', day = ''] = DAY.exec(cell) ?? [];
    return year === undefined ? cell : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  }
  if (shape === 'references' || (shape === 'json' && field.options?.['choices'] !== undefined)) {
    return cell.split(/[、,，;；\s]+/).filter(Boolean);
  }
  return cell;
}

/** Put copied cells into the rows of a sub-table, from one cell on to the right and down; rows are added as needed. */
export function pasted(
  rows: readonly Values[],
  cells: readonly (readonly string[])[],
  columns: readonly { field: FormField; shape: Shape }[],
  row: number,
  column: number,
): Values[] {
  const next = [...rows];
  cells.forEach((line, down) => {
    const before = next[row + down] ?? {};
    const given = line.flatMap((cell, right) => {
      const into = columns[column + right];
      if (into === undefined || into.shape === 'derived') return [];
      return [[into.field.code, valueOf(cell, into.shape, into.field)] as const];
    });
    next[row + down] = { ...before, ...Object.fromEntries(given) };
  });
  return next;
}
