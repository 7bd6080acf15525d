// Draws ZPL with zpl-renderer-js. Reads lines of JSON, each a list of {zpl, width_mm, height_mm, dots_per_mm}, and
// answers each with a line: a list of lists of PNG pictures in base64, one list a job.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(new URL("../../../ui/package.json", import.meta.url));
const { api } = await require("zpl-renderer-js").ready;
for await (const line of createInterface({ input: process.stdin })) {
  const answers = [];
  for (const job of JSON.parse(line)) {
    answers.push(await api.zplToBase64MultipleAsync(job.zpl, job.width_mm, job.height_mm, job.dots_per_mm));
  }
  process.stdout.write(JSON.stringify(answers) + "\n");
}
process.exit(0);
