import type { RefObject } from 'react';
import { useEffect } from 'react';

const FIELDS = 'input, textarea, select, [contenteditable=true], [role=combobox]';

/**
 * Sends every stray key into the scan box, so that a slow scanner loses no character wherever the focus is.
 *
 * On a phone the box holds the focus without calling the soft keyboard, which would hide the answer; a touch on the
 * box calls it.
 */
export function useBoxFocus(box: RefObject<HTMLInputElement | null>, phone: boolean, free: boolean): void {
  useEffect(() => {
    const input = box.current;
    if (input === null) return;
    if (!phone) {
      if (free) input.focus();
      return;
    }
    const quiet = () => {
      input.inputMode = 'none';
    };
    const loud = () => {
      input.inputMode = 'text';
    };
    quiet();
    if (free) input.focus({ preventScroll: true });
    input.addEventListener('pointerdown', loud);
    input.addEventListener('blur', quiet);
    return () => {
      input.removeEventListener('pointerdown', loud);
      input.removeEventListener('blur', quiet);
    };
  }, [box, phone, free]);

  useEffect(() => {
    const steer = (event: KeyboardEvent) => {
      if (event.key.length !== 1 || event.ctrlKey || event.altKey || event.metaKey || event.isComposing)
        return;
      const target = event.target;
      if (event.key === ' ' || (target instanceof HTMLElement && target.matches(FIELDS))) return;
      if (document.querySelector('.ant-modal-wrap:not([style*="display: none"]), .ant-drawer-open') !== null)
        return;
      // The key goes to whoever has the focus when this handler is done.
      box.current?.focus({ preventScroll: true });
    };
    window.addEventListener('keydown', steer, { capture: true });
    return () => window.removeEventListener('keydown', steer, { capture: true });
  }, [box]);
}
