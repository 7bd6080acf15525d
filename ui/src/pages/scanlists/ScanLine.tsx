import { useEffect, useRef, useState } from 'react';
import { Icon } from '../../components/Icon';
import '../../components/scanbox.css';
import { useIsPhone } from '../../components/useIsPhone';
import { SWALLOWED } from '../../scan/ScanContext';

interface ScanLineProps {
  id?: string;
  label: string;
  onScan: (raw: string) => void;
  busy?: boolean;
  disabled?: boolean;
  /** The cursor comes here by itself, and again whenever this is another number. */
  focused?: number | undefined;
  describedBy?: string | undefined;
}

/**
 * The line that a scanner types into. It is no form of its own, since it stands within one, and Enter must not submit
 * that.
 */
export function ScanLine({ id, label, onScan, busy, disabled, focused, describedBy }: ScanLineProps) {
  const [value, setValue] = useState('');
  // On a phone the line has the cursor without calling the keyboard, which would hide the answer; a touch calls it.
  const phone = useIsPhone();
  const [quiet, setQuiet] = useState(true);
  const input = useRef<HTMLInputElement>(null);
  const done = useRef(onScan);
  useEffect(() => {
    done.current = onScan;
  });
  useEffect(() => {
    if (focused !== undefined) input.current?.focus({ preventScroll: true });
  }, [focused]);
  useEffect(() => {
    const box = input.current;
    const take = (event: Event) => {
      // Leaving the field ends the input method's composition; coming back keeps the line ready.
      box?.blur();
      setValue('');
      box?.focus();
      if (event instanceof CustomEvent) done.current(String(event.detail));
    };
    box?.addEventListener(SWALLOWED, take);
    return () => box?.removeEventListener(SWALLOWED, take);
  }, []);
  return (
    <div className="scanbox scanbox-big scan-line" aria-busy={busy}>
      <span className="scanbox-icon">
        <Icon name="scan" size={22} />
      </span>
      <input
        {...(id !== undefined && { id })}
        ref={input}
        value={value}
        disabled={disabled}
        inputMode={phone && quiet ? 'none' : 'text'}
        onPointerDown={() => setQuiet(false)}
        onBlur={() => setQuiet(true)}
        onChange={(event) => setValue(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            event.preventDefault();
            event.stopPropagation();
            if (event.nativeEvent.isComposing || value.trim() === '') return;
            setValue('');
            onScan(value);
          } else if (event.ctrlKey && event.key === ']') {
            // Scanners send the separator of GS1 codes like this, which no field takes by itself.
            event.preventDefault();
            setValue(`${event.currentTarget.value}\u001d`);
          }
        }}
        placeholder={label}
        aria-label={label}
        aria-describedby={describedBy}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="done"
      />
    </div>
  );
}
