import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const server = `http://127.0.0.1:${process.env['MAZHI_PORT'] ?? '8000'}`;

// Vite and ESLint want a default export from their configuration; nothing under src/ has one.
export default defineConfig({
  plugins: [react()],
  build: {
    outDir: '../src/mazhi/web/static',
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    chunkSizeWarningLimit: 1200,
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': server, '/openapi.json': server, '/healthz': server },
  },
  test: {
    environment: 'jsdom',
    setupFiles: ['src/test/setup.ts'],
    restoreMocks: true,
    // Files share their modules, which halves the time; setup.ts leaves nothing of one test to the next.
    isolate: false,
    css: false,
    testTimeout: 90_000,
  },
});
