import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Node } from '../formula';

// Only the server reads formulas, so tests ask the Python side of this checkout; no server need run.
const PARSE = `
import json, sys
from mazhi.engines.formula.nodes import to_json
from mazhi.engines.formula.parsing import parse
print(json.dumps([to_json(parse(formula)) for formula in json.load(sys.stdin)]))
`;

/** The trees of formulas, by their texts; one that cannot be read fails the test. */
export function treesOf(formulas: readonly string[]): ReadonlyMap<string, Node> {
  const python = ['bin/python', 'Scripts/python.exe'].map((one) => resolve('../.venv', one)).find(existsSync);
  if (python === undefined) throw new Error('no Python in .venv: run dev.py first');
  const written = execFileSync(python, ['-c', PARSE], {
    input: JSON.stringify(formulas),
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    env: { ...process.env, PYTHONUTF8: '1' },
  });
  const trees = JSON.parse(written) as Node[];
  return new Map(trees.map((tree, at) => [formulas[at] ?? '', tree]));
}
