import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import { describe, expect, it, vi } from 'vitest';
import { Providers } from '../app';
import { ScanProvider, useScans } from '../scan/ScanContext';
import { ScanBox } from './ScanBox';

function showBox(onScan?: (raw: string) => void) {
  render(
    <Providers>
      <MemoryRouter>
        <ScanProvider>
          <button type="button">别处</button>
          <ScanBox hotkey {...(onScan && { onScan })} />
        </ScanProvider>
      </MemoryRouter>
    </Providers>,
  );
  return screen.getByRole('textbox');
}

function burst(target: Element, code: string) {
  for (const key of code) fireEvent.keyDown(target, { key });
  fireEvent.keyDown(target, { key: 'Enter' });
}

describe('ScanBox', () => {
  it('hands in what was typed and is empty again', async () => {
    const scanned = vi.fn();
    const box = showBox(scanned);
    await userEvent.type(box, ' RO2609{Enter}');
    expect(scanned).toHaveBeenCalledExactlyOnceWith('RO2609');
    expect(box).toHaveValue('');
  });

  it('is reached by F2', async () => {
    const box = showBox();
    await userEvent.keyboard('{F2}');
    expect(box).toHaveFocus();
  });

  it('keeps the separators of GS1 codes', async () => {
    const scanned = vi.fn();
    const box = showBox(scanned);
    await userEvent.type(box, '10AB');
    fireEvent.keyDown(box, { key: ']', ctrlKey: true });
    await userEvent.type(box, '21X{Enter}');
    expect(scanned).toHaveBeenCalledExactlyOnceWith('10AB\u001d21X');
  });

  it('takes what a scanner typed while a Chinese input method was on', () => {
    const scanned = vi.fn();
    const box = showBox(scanned);
    for (const code of ['KeyR', 'KeyO', 'Digit2', 'Digit6', 'Enter']) {
      fireEvent.keyDown(box, { key: 'Process', code, shiftKey: code.startsWith('Key') });
    }
    expect(scanned).toHaveBeenCalledExactlyOnceWith('RO26');
  });
});

describe('a scan without focus', () => {
  function Taker({ onScan }: { onScan: (raw: string) => void }) {
    useScans(onScan);
    return <button type="button">别处</button>;
  }

  it('goes to the page that takes scans', () => {
    const scanned = vi.fn();
    render(
      <MemoryRouter>
        <ScanProvider>
          <Taker onScan={scanned} />
        </ScanProvider>
      </MemoryRouter>,
    );
    burst(screen.getByRole('button'), 'RO260908');
    expect(scanned).toHaveBeenCalledExactlyOnceWith('RO260908');
  });

  it('does not press the button that has the focus', () => {
    const pressed = vi.fn();
    render(
      <MemoryRouter>
        <ScanProvider>
          <button type="button" onKeyDown={pressed}>
            保存
          </button>
        </ScanProvider>
      </MemoryRouter>,
    );
    burst(screen.getByRole('button'), 'RO260908');
    expect(pressed).not.toHaveBeenCalledWith(expect.objectContaining({ key: 'Enter' }));
  });
});
