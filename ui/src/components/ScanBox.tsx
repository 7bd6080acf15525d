import type { RefObject, SyntheticEvent } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SWALLOWED, useScanBus } from '../scan/ScanContext';
import { Icon } from './Icon';
import './scanbox.css';

interface ScanBoxProps {
  /** What happens with the code; without it, whoever takes the scans of the page gets it. */
  onScan?: (raw: string) => void;
  placeholder?: string;
  size?: 'bar' | 'big';
  /** F2 puts the cursor here. Only one box on a page should have it. */
  hotkey?: boolean;
  autoFocus?: boolean;
  busy?: boolean;
  ref?: RefObject<HTMLInputElement | null>;
}

/** The one box for everything: a scanner's burst or typed words, ended by Enter. */
export function ScanBox(props: ScanBoxProps) {
  const { onScan, size = 'bar', hotkey = false, autoFocus = false, busy = false } = props;
  const { t } = useTranslation();
  const { scan } = useScanBus();
  const [value, setValue] = useState('');
  const own = useRef<HTMLInputElement>(null);
  const input = props.ref ?? own;

  useEffect(() => {
    if (!hotkey) return;
    const focus = (event: KeyboardEvent) => {
      if (event.key !== 'F2') return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    window.addEventListener('keydown', focus);
    return () => window.removeEventListener('keydown', focus);
  }, [hotkey, input]);

  useEffect(() => {
    if (autoFocus) input.current?.focus();
  }, [autoFocus, input]);

  const done = onScan ?? scan;
  useEffect(() => {
    const box = input.current;
    const take = (event: Event) => {
      // Leaving the field ends the input method's composition; coming back keeps the box ready.
      box?.blur();
      setValue('');
      box?.focus();
      if (event instanceof CustomEvent) done(String(event.detail));
    };
    box?.addEventListener(SWALLOWED, take);
    return () => box?.removeEventListener(SWALLOWED, take);
  }, [input, done]);

  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    const raw = value.trim();
    if (raw === '') return;
    setValue('');
    done(raw);
  };

  const name = props.placeholder ?? t('scanBox.placeholder');
  return (
    <form className={`scanbox scanbox-${size}`} role="search" onSubmit={submit} aria-busy={busy}>
      <span className="scanbox-icon">
        <Icon name="scan" size={size === 'big' ? 24 : 18} />
      </span>
      <input
        ref={input}
        value={value}
        onChange={(event) => setValue(event.target.value)}
        onKeyDown={(event) => {
          // Scanners send the separator of GS1 codes as Ctrl+], which no field takes by itself.
          if (!event.ctrlKey || event.key !== ']') return;
          event.preventDefault();
          setValue(`${event.currentTarget.value}\u001d`);
        }}
        placeholder={name}
        aria-label={name}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="search"
      />
      {size === 'big' && <span className="hint only-desk">{t('scanBox.enter')}</span>}
      {hotkey && <kbd className="only-desk">F2</kbd>}
    </form>
  );
}
