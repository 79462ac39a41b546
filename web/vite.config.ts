/** How the screens are built: into the hub's own package, hashed, with gzip beside each text file. */
import react from "@vitejs/plugin-react";
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { constants, gzipSync } from "node:zlib";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const HUB = process.env.HUB_URL ?? "http://127.0.0.1:8080";
const OUT = join(import.meta.dirname, "../hub/static/app");

/** Writes `<file>.gz` beside every text file above 1 kB, so that the hub compresses nothing while serving. */
function precompress(): Plugin {
  return {
    name: "precompress",
    apply: "build",
    closeBundle() {
      // Called after a build that failed, too: its own words must be the last.
      if (!existsSync(OUT)) return;
      for (const entry of readdirSync(OUT, { recursive: true, encoding: "utf8" })) {
        const path = join(OUT, entry);
        if (!/\.(js|css|html|svg|json|webmanifest)$/.test(entry) || statSync(path).size < 1024) continue;
        writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: constants.Z_BEST_COMPRESSION }));
      }
    },
  };
}

export default defineConfig({
  plugins: [react(), precompress()],
  build: { outDir: OUT, emptyOutDir: true, manifest: true, sourcemap: false, assetsInlineLimit: 0 },
  server: {
    host: "127.0.0.1",
    port: 5173,
    proxy: {
      "/api": { target: HUB, ws: true },
      "/webchat": { target: HUB, ws: true },
    },
  },
  test: {
    restoreMocks: true,
    // A form typed letter by letter takes seconds where the tests of the server run at the same time.
    testTimeout: 30_000,
    // A document costs more than half a second for each file: only those named so have one.
    projects: [
      {
        extends: true,
        test: { name: "logic", environment: "node", include: ["src/**/*.test.ts"], exclude: ["src/**/*.dom.test.*"] },
      },
      {
        extends: true,
        test: {
          name: "dom",
          environment: "jsdom",
          setupFiles: ["src/test/setup.ts"],
          include: ["src/**/*.dom.test.{ts,tsx}"],
        },
      },
    ],
  },
});
