import type { Looks } from './looks';
import { word } from './looks';

/** A barcode or matrix code (条码). */
export const LOOKS: Looks = {
  icon: 'items',
  begin: { symbology: 'code128', value: '{item.code}' },
  exact: false,
  grows: true,
  takes: 'value',
  says: (element) => word(element, 'value'),
};

/** Those that are squares, or nearly. */
const SQUARE = new Set(['qr', 'micro_qr', 'datamatrix', 'gs1_datamatrix', 'digital_link']);

/** Whether a symbology's modules go both ways. */
export function isSquare(symbology: unknown): boolean {
  return typeof symbology === 'string' && SQUARE.has(symbology);
}
