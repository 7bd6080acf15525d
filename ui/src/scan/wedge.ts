import { characterOf } from './layout';

/**
 * Tells a keyboard-wedge scanner from a person typing.
 *
 * A scanner types at least four characters with at most 50 ms between two of them and ends with Enter (some end with
 * Tab). Nobody types like that. The detector only listens: while the focus is in a field, the field gets the keys as
 * well, and what the scanner typed into it can be taken back by the caller.
 */
export interface WedgeOptions {
  gapMs?: number;
  minLength?: number;
}

const MODIFIERS = new Set(['Shift', 'Control', 'Alt', 'Meta', 'CapsLock']);

/** A key as the detector needs it. */
export interface Key {
  key: string;
  /** The key's place, for when an input method hides what it types. */
  code?: string;
  shiftKey?: boolean;
  timeStamp: number;
  ctrlKey?: boolean;
  altKey?: boolean;
  metaKey?: boolean;
}

/** Enter or Tab, also when an input method says `Process` for them. */
function isEnd({ key, code }: Key): boolean {
  return /^(Enter|Tab)$/.test(key) || (key === 'Process' && /^(Enter|NumpadEnter|Tab)$/.test(code ?? ''));
}

/** Collects keys and returns the code when a burst has ended, else null. */
export class WedgeDetector {
  /** Whether an input method has swallowed the latest code: the field then holds something else. */
  swallowed = false;
  private composing = false;
  private burst = '';
  private last = Number.NEGATIVE_INFINITY;
  private readonly gapMs: number;
  private readonly minLength: number;

  constructor({ gapMs = 50, minLength = 4 }: WedgeOptions = {}) {
    this.gapMs = gapMs;
    this.minLength = minLength;
  }

  /** Feed one key. */
  press(event: Key): string | null {
    if (MODIFIERS.has(event.key)) return null;
    // Scanners send group separators of GS1 codes as Ctrl+] and the like; other combinations are a person's.
    const control = event.ctrlKey === true && event.key.length === 1;
    if ((event.ctrlKey === true || event.altKey === true || event.metaKey === true) && event.key !== ']') {
      this.reset();
      return null;
    }
    if (event.timeStamp - this.last > this.gapMs) this.reset();
    this.last = event.timeStamp;
    if (isEnd(event)) {
      const code = this.burst;
      this.swallowed = this.composing;
      this.reset();
      return code.length >= this.minLength ? code : null;
    }
    if (control) this.burst += '\u001d';
    else if (event.key.length === 1) this.burst += event.key;
    else if (event.key === 'Process') {
      this.composing = true;
      this.burst += characterOf(event.code ?? '', event.shiftKey === true);
    }
    return null;
  }

  private reset(): void {
    this.burst = '';
    this.composing = false;
    this.last = Number.NEGATIVE_INFINITY;
  }
}
