import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { useScans } from '../scan/ScanContext';
import { play } from '../scan/sounds';
import type { FieldState, FormField, Values } from './model';
import { isEmpty } from './model';

/** Kinds whose value is the code on a thing: a scan is the natural way to fill them. */
const BY_CODE = new Set(['item', 'asset']);

/** Whether a field is filled by a scan. */
export function isScanned(field: FormField): boolean {
  return field.scan_to_fill === true || BY_CODE.has(field.kind);
}

/** The field that a scan fills while nobody is in one: the first that waits for a code. */
export function waiting(
  fields: readonly FormField[],
  values: Values,
  states: Partial<Record<string, FieldState>> = {},
): FormField | undefined {
  return fields.find(
    (one) =>
      isScanned(one) &&
      isEmpty(values[one.code]) &&
      states[one.code] === undefined &&
      one.hidden !== true &&
      one.read_only !== true,
  );
}

/** Takes the scans of the page while a record is filled in, so that none of them leads away from it. */
export function useEntryScans(
  fields: readonly FormField[],
  values: Values,
  change: (code: string, value: unknown) => void,
  states?: Partial<Record<string, FieldState>>,
): void {
  const { t } = useTranslation();
  const { message } = App.useApp();
  useScans((raw) => {
    const field = waiting(fields, values, states);
    if (field === undefined) {
      play('wrong');
      void message.warning(t('fields.scanNowhere', { code: raw.trim() }));
      return;
    }
    play('right');
    change(field.code, raw.trim());
    void message.success(t('fields.scanInto', { title: field.title, code: raw.trim() }));
  });
}
