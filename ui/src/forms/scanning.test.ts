import { describe, expect, it } from 'vitest';
import type { FormField } from './model';
import { waiting } from './scanning';

const field = (code: string, kind: string, more: Partial<FormField> = {}): FormField => ({
  id: code,
  code,
  kind,
  title: code,
  ...more,
});

describe('the field that a scan fills', () => {
  const fields = [
    field('note', 'text'),
    field('batch', 'text', { scan_to_fill: true }),
    field('serial', 'item'),
    field('kept', 'item', { read_only: true }),
  ];

  it('is the first that waits for a code', () => {
    expect(waiting(fields, {})?.code).toBe('batch');
    expect(waiting(fields, { batch: 'B1' })?.code).toBe('serial');
  });

  it('is none where all are filled, or are not the reader\u2019s to write', () => {
    expect(waiting(fields, { batch: 'B1', serial: 'S1' })).toBeUndefined();
    expect(waiting(fields, { batch: 'B1' }, { serial: 'read_only' })).toBeUndefined();
  });
});
