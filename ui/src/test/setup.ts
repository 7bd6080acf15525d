import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterEach, beforeEach, vi } from 'vitest';
import i18next from 'i18next';
import { signOut } from '../api/session';
import { setLanguage, startI18n } from '../i18n';

startI18n();
// Pages are loaded when first opened, which takes its time on a busy machine.
configure({ asyncUtilTimeout: 40_000 });

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
  // jsdom has no media queries; tests run at desk width unless they say otherwise.
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: false,
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    addListener: () => undefined,
    removeListener: () => undefined,
  }));
});

afterEach(async () => {
  cleanup();
  signOut();
  if (i18next.language !== 'zh-CN') await setLanguage('zh-CN');
  vi.unstubAllGlobals();
});

class NoObserver {
  observe() {
    return undefined;
  }
  unobserve() {
    return undefined;
  }
  disconnect() {
    return undefined;
  }
}
globalThis.ResizeObserver = NoObserver;
window.scrollTo = () => undefined;
