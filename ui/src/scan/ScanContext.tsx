import type { ReactNode } from 'react';
import { createContext, use, useEffect, useMemo, useRef } from 'react';
import { useNavigate } from 'react-router';
import { WedgeDetector } from './wedge';

/**
 * Told to a field when a scanner typed into it while an input method was on: `detail` is what the scanner meant. The
 * field itself holds candidates of the input method.
 */
export const SWALLOWED = 'mazhi-swallowed';

/** What is done with a scanned code. */
export type ScanHandler = (raw: string) => void;

interface ScanBus {
  /** Hand a code to whoever takes scans at the moment. */
  scan: ScanHandler;
  /** Take scans until the returned function is called; the latest taker wins. */
  take: (handler: ScanHandler) => () => void;
}

const Context = createContext<ScanBus | null>(null);

/**
 * Gives every page the scanner. Without a taker a scan opens the search page, which decides where to go.
 */
export function ScanProvider({ children }: { children: ReactNode }) {
  const takers = useRef<ScanHandler[]>([]);
  const navigate = useNavigate();

  const bus = useMemo<ScanBus>(
    () => ({
      scan: (raw) => {
        const taker = takers.current.at(-1);
        if (taker) taker(raw);
        else void navigate(`/find?q=${encodeURIComponent(raw)}`);
      },
      take: (handler) => {
        takers.current.push(handler);
        return () => {
          takers.current = takers.current.filter((one) => one !== handler);
        };
      },
    }),
    [navigate],
  );

  useEffect(() => {
    const detector = new WedgeDetector();
    const listen = (event: KeyboardEvent) => {
      const code = detector.press(event);
      if (code === null) return;
      if (belongsToField(event.target)) {
        if (detector.swallowed) event.target?.dispatchEvent(new CustomEvent(SWALLOWED, { detail: code }));
        return;
      }
      event.preventDefault();
      event.stopPropagation();
      bus.scan(code);
    };
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, [bus]);

  return <Context value={bus}>{children}</Context>;
}

/** A scan while the focus is in a text field is the field's own: it gets the code and the Enter. */
function belongsToField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.matches('input:not([type=checkbox]):not([type=radio]), textarea, [contenteditable=true]');
}

/** The way to hand in a code that was typed or read by a camera. */
export function useScanBus(): ScanBus {
  const bus = use(Context);
  if (bus === null) throw new Error('useScanBus outside of ScanProvider');
  return bus;
}

/** Take every scan of the page while the component is shown. */
export function useScans(handler: ScanHandler): void {
  const { take } = useScanBus();
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => take((raw) => latest.current(raw)), [take]);
}
