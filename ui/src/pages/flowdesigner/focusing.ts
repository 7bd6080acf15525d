import type { Spot } from '../../flowdesigner/tree';

const TRIES = 30;

/** Put the keyboard's focus on something that is about to be drawn. */
function focusSoon(selector: string, tries = TRIES): void {
  const element = document.querySelector<HTMLElement>(selector);
  // Scrolling would move the drawing under its frame; the designer brings what is selected into view itself.
  element?.focus({ preventScroll: true });
  if ((element === null || document.activeElement !== element) && tries > 0) {
    requestAnimationFrame(() => focusSoon(selector, tries - 1));
  }
}

/** The keyboard goes on at a card, so that what follows is read out. */
export function focusNode(id: string): void {
  focusSoon(`[data-node="${CSS.escape(id)}"]`);
}

/** The keyboard goes on in the settings of a node, which open now. */
export function focusSettings(id: string): void {
  focusSoon(`.fw-settings[data-of="${CSS.escape(id)}"] .fw-settings-name`);
}

/** The keyboard goes to a place where what is moved can be put. */
export function focusSpot({ parent, at }: Spot): void {
  focusSoon(`.fw-here[data-at="${CSS.escape(parent)}/${at}"]`);
}

/** The keyboard goes to the next place where what is moved can be put, or to the one before. */
export function focusPlace(by: -1 | 1): void {
  const places = [...document.querySelectorAll<HTMLElement>('.fw-here:not(:disabled)')];
  const at = places.findIndex((one) => one === document.activeElement);
  const next = at < 0 ? (by > 0 ? 0 : places.length - 1) : (at + by + places.length) % places.length;
  places[next]?.focus();
}
