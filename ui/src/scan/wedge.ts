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
  timeStamp: number;
  ctrlKey?: boolean;
  altKey?: boolean;
  metaKey?: boolean;
}

/** Collects keys and returns the code when a burst has ended, else null. */
export class WedgeDetector {
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
    if (event.timeStamp - this.last > this.gapMs) this.burst = '';
    this.last = event.timeStamp;
    if (event.key === 'Enter' || event.key === 'Tab') {
      const code = this.burst;
      this.reset();
      return code.length >= this.minLength ? code : null;
    }
    if (control) this.burst += '\u001d';
    else if (event.key.length === 1) this.burst += event.key;
    return null;
  }

  private reset(): void {
    this.burst = '';
    this.last = Number.NEGATIVE_INFINITY;
  }
}
