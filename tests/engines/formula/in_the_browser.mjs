// Works formulas out with what the pages work them out with. Bundled before it is run, since it is in TypeScript.
// Reads {"now", "cases": [{"tree", "data"}]} as JSON and answers with the list of what they come to, and with what
// is declared of every function. Values are written as in tests/vectors/formula.json, faults as {"fault": [...]}.
import { readFileSync, writeSync } from "node:fs";
import { functions } from "../../../ui/src/formula/functions/index.ts";
import { decimal, evaluate, Fault, isDate, isList, isNumber, WallDate, WallTime } from "../../../ui/src/formula/index.ts";

function decoded(written) {
  if (Array.isArray(written)) return written.map(decoded);
  if (written === null || typeof written !== "object") return written;
  if ("number" in written) return decimal(written.number);
  if ("fault" in written) return new Fault(...written.fault);
  const [year, month, day, hour, minute, second, micros = 0] = (written.date ?? written.datetime)
    .split(/[-T:.]/)
    .map(Number);
  const date = WallDate.of(year, month, day);
  return "date" in written ? date : WallTime.of(date, hour, minute, second, micros);
}

function encoded(value) {
  if (isList(value)) return value.map(encoded);
  if (isNumber(value)) return { number: value.toString() };
  if (value instanceof Fault) return { fault: [value.code, value.start, value.end, value.params] };
  if (!isDate(value)) return value;
  if (value instanceof WallDate) return { date: value.toString() };
  const micros = String(value.micros % 1_000_000).padStart(6, "0");
  return { datetime: `${value.toString().replace(" ", "T")}.${micros}` };
}

const asked = JSON.parse(readFileSync(0, "utf8"));
const now = decoded({ datetime: asked.now });
const found = asked.cases.map(({ tree, data }) => {
  const known = new Map(Object.entries(data).map(([name, value]) => [name, decoded(value)]));
  return encoded(evaluate(tree, (name) => known.get(name), now));
});
const declared = Object.fromEntries(
  [...functions].map(([name, { needs, may, rest, lazy, usesNow }]) => [name, { needs, may, rest, lazy, usesNow }]),
);
writeSync(1, JSON.stringify({ found, declared }));
