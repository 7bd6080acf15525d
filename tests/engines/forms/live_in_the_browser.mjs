// Works records out with what entry forms work them out with. Bundled before it is run, since it is in TypeScript.
// Reads {"now", "kinds", "forms": [{"body", "cases"}]} as JSON; answers with a list a form: what comes of each case.
import { readFileSync, writeSync } from "node:fs";
import { readDate } from "../../../ui/src/formula/index.ts";
import { LiveForm } from "../../../ui/src/forms/live/live.ts";
import { settled } from "../../../ui/src/forms/live/settling.ts";

const asked = JSON.parse(readFileSync(0, "utf8"));
const kinds = new Map(asked.kinds.map((one) => [one.name, one]));
const now = readDate(asked.now);

function states(worked) {
  const found = {};
  const note = (at, table) => {
    for (const [code, { shown, required, locked }] of Object.entries(table)) {
      if (!shown || required || locked) found[`${at}/${code}`] = { shown, required, locked };
    }
  };
  note("", worked.own);
  for (const [table, rows] of Object.entries(worked.rows)) {
    if (worked.own[table]?.shown !== false) rows.forEach((row, at) => note(`/${table}/${at}`, row));
  }
  return found;
}

function comeTo(body, { values, stored, facts = {} }) {
  const live = new LiveForm(body, kinds, { facts: (named, code, fact) => facts[code]?.[named]?.[fact] ?? null });
  const worked = settled(live, { ...stored, ...values }, stored ?? null, now);
  const faults = worked.faults.flatMap(({ code, places }) =>
    (places.length === 0 ? [""] : places).map((place) => [place, code]),
  );
  return { result: worked.values, states: states(worked), faults };
}

writeSync(1, JSON.stringify(asked.forms.map(({ body, cases }) => cases.map((one) => comeTo(body, one)))));
