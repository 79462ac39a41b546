// Fails the build when the widget outgrows its budget: 20 kB gzipped.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET = 20_000;
const bytes = gzipSync(readFileSync(new URL("../../hub/static/widget/widget.js", import.meta.url)), { level: 9 }).length;
console.log(`widget.js: ${bytes} bytes gzipped (budget ${BUDGET})`);
process.exit(bytes > BUDGET ? 1 : 0);
