import { describe, expect, it } from 'vitest';
import { WedgeDetector } from './wedge';

const keys = (text: string) => Array.from(text);

function type(detector: WedgeDetector, keys: string[], gap: number, start = 1000): (string | null)[] {
  return keys.map((key, index) => detector.press({ key, timeStamp: start + index * gap }));
}

describe('WedgeDetector', () => {
  it('reads a burst that ends with Enter', () => {
    expect(type(new WedgeDetector(), [...keys('RO26'), 'Enter'], 5).at(-1)).toBe('RO26');
  });

  it('keeps quiet when a person types', () => {
    expect(type(new WedgeDetector(), [...keys('RO260908'), 'Enter'], 120).at(-1)).toBeNull();
  });

  it('keeps quiet for fewer than four characters', () => {
    expect(type(new WedgeDetector(), [...keys('abc'), 'Enter'], 5).at(-1)).toBeNull();
  });

  it('drops what a person typed before the scanner fired', () => {
    const detector = new WedgeDetector();
    type(detector, ['x', 'y'], 300, 0);
    expect(type(detector, [...keys('SN0001'), 'Enter'], 5, 2000).at(-1)).toBe('SN0001');
  });

  it('reads two codes that follow each other at once', () => {
    const detector = new WedgeDetector();
    const got = type(detector, [...keys('SN0001'), 'Enter', ...keys('SN0002'), 'Enter'], 8);
    expect(got.filter((code) => code !== null)).toEqual(['SN0001', 'SN0002']);
  });

  it('ignores Shift, which scanners press for capitals', () => {
    expect(type(new WedgeDetector(), ['Shift', 'R', 'Shift', 'O', '2', '6', 'Enter'], 5).at(-1)).toBe('RO26');
  });

  it('reads through a Chinese input method by the places of the keys', () => {
    const detector = new WedgeDetector();
    const press = (code: string, at: number, shiftKey = false) =>
      detector.press({ key: 'Process', code, shiftKey, timeStamp: at });
    press('KeyR', 0, true);
    press('KeyO', 5, true);
    press('Digit2', 10);
    press('Minus', 15);
    press('KeyL', 20);
    expect(press('Enter', 25)).toBe('RO2-l');
    expect(detector.swallowed).toBe(true);
  });

  it('takes Ctrl+] for the group separator of GS1 codes', () => {
    const detector = new WedgeDetector();
    type(detector, keys('10AB'), 5);
    detector.press({ key: 'Control', timeStamp: 1020, ctrlKey: true });
    detector.press({ key: ']', timeStamp: 1022, ctrlKey: true });
    expect(type(detector, [...keys('21'), 'Enter'], 5, 1025).at(-1)).toBe('10AB\u001d21');
  });
});
