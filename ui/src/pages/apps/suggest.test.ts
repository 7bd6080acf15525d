import { expect, it } from 'vitest';
import { suggest } from './suggest';

it('suggests the Latin part of a name, or the next free number', () => {
  expect(suggest('Quality Control', 'app', [])).toBe('quality_control');
  expect(suggest('质检 QC', 'app', [])).toBe('qc');
  expect(suggest('质检', 'app', ['app1', 'app2'])).toBe('app3');
  expect(suggest('QC', 'app', ['qc'])).toBe('qc_2');
  expect(suggest('', 'form', [])).toBe('form1');
});
