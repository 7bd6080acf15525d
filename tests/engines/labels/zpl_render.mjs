// Draws ZPL with zpl-renderer-js. Reads a JSON list of {zpl, width_mm, height_mm, dots_per_mm} from standard input and
// answers with a JSON list of lists of PNG pictures in base64, one list a job.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const require = createRequire(new URL("../../../ui/package.json", import.meta.url));
const { ready } = require("zpl-renderer-js");
const { api } = await ready;
const jobs = JSON.parse(readFileSync(0, "utf8"));
const answers = [];
for (const job of jobs) {
  answers.push(await api.zplToBase64MultipleAsync(job.zpl, job.width_mm, job.height_mm, job.dots_per_mm));
}
process.stdout.write(JSON.stringify(answers), () => process.exit(0));
