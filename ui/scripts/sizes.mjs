// Prints what the browser must load, gzipped, and fails when the shell grows beyond its limit.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const LIMIT_KB = 400;
const out = new URL('../../src/mazhi/web/static/', import.meta.url).pathname;
const manifest = JSON.parse(readFileSync(join(out, '.vite/manifest.json'), 'utf8'));
const size = (file) => gzipSync(readFileSync(join(out, file))).length / 1024;

function closure(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key].imports ?? []) closure(next, seen);
  return seen;
}
const files = (keys) =>
  new Set([...keys].flatMap((key) => [manifest[key].file, ...(manifest[key].css ?? [])]));

const shell = files(closure('index.html'));
const shellKb = [...shell].reduce((sum, file) => sum + size(file), 0);
console.log(`shell ${shellKb.toFixed(0)} kB gz (limit ${LIMIT_KB})`);
for (const [key, chunk] of Object.entries(manifest)) {
  if (!chunk.isDynamicEntry) continue;
  const own = [...files(closure(key))].filter((file) => !shell.has(file));
  console.log(
    `  + ${own
      .reduce((sum, file) => sum + size(file), 0)
      .toFixed(1)
      .padStart(6)} kB  ${key}`,
  );
}
if (shellKb > LIMIT_KB) {
  console.error(`The shell is larger than ${LIMIT_KB} kB gzipped.`);
  process.exit(1);
}
