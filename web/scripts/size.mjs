/** `npm run size`: the JavaScript of the inbox's first load, gzipped. Fails above 300 kB. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const LIMIT = 300_000;
const app = join(import.meta.dirname, "../../hub/static/app");
const manifest = JSON.parse(readFileSync(join(app, ".vite/manifest.json"), "utf8"));

/** A chunk and everything it needs before it runs. */
function withImports(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const other of manifest[key].imports ?? []) withImports(other, seen);
  return seen;
}

const languages = Object.keys(manifest).filter((key) => /^src\/i18n\/\w+\.json$/.test(key));
const gzipped = (key) => gzipSync(readFileSync(join(app, manifest[key].file)), { level: 9 }).length;
const largest = languages.toSorted((a, b) => gzipped(b) - gzipped(a))[0];
// What an open conversation shows at once: the application, one language, the contact beside the thread.
const first = new Set(
  ["index.html", largest, "src/contact/ContactPane.tsx"].flatMap((key) => Array.from(withImports(key))),
);
let sum = 0;
for (const key of first) {
  const size = gzipped(key);
  sum += size;
  console.log(`${String(size).padStart(8)}  ${manifest[key].file}`);
}
console.log(`${String(sum).padStart(8)}  of ${LIMIT} bytes, gzipped`);
if (sum > LIMIT) {
  console.error("The first load of the inbox is too large: load something later.");
  process.exit(1);
}
