/** `npm run schema`: makes src/api/schema.d.ts from the hub's own OpenAPI document; `--check` only says whether it is stale. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import openapiTS, { astToString } from "openapi-typescript";

const root = join(import.meta.dirname, "../..");
const target = join(import.meta.dirname, "../src/api/schema.d.ts");
const local = join(root, ".venv/bin/python");
const python = process.env.PYTHON ?? (existsSync(local) ? local : "python3");

const printed = spawnSync(python, ["-m", "hub.api.schema"], {
  cwd: root,
  encoding: "utf8",
  maxBuffer: 64 * 1024 * 1024,
});
if (printed.status !== 0) {
  console.error(printed.stderr || `${python} could not be started. Set PYTHON to the hub's interpreter.`);
  process.exit(1);
}
const types = `/** Made by \`npm run schema\` from the hub's OpenAPI document. Do not edit. */\n\n${astToString(await openapiTS(JSON.parse(printed.stdout), { alphabetize: true, defaultNonNullable: false }))}`;
if (process.argv.includes("--check")) {
  if (readFileSync(target, "utf8") === types) process.exit(0);
  console.error("src/api/schema.d.ts is stale: run `npm run schema`.");
  process.exit(1);
}
writeFileSync(target, types);
