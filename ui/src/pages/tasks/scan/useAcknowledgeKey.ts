import { useEffect } from 'react';
import { WedgeDetector } from '../../../scan/wedge';

/** Enter and Escape acknowledge what is wrong, unless they come from a scanner. */
export function useAcknowledgeKey(stopped: boolean, acknowledge: () => void): void {
  useEffect(() => {
    if (!stopped) return;
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    const detector = new WedgeDetector();
    const press = (event: KeyboardEvent) => {
      const code = detector.press(event);
      const target = event.target;
      if (target instanceof HTMLElement && target.matches('input, textarea, button, a')) return;
      if (event.key === 'Escape' || (event.key === 'Enter' && code === null)) {
        event.preventDefault();
        acknowledge();
      }
    };
    // After whoever takes bursts: what belongs to one is no key of a person.
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [stopped, acknowledge]);
}
