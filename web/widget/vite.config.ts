import { defineConfig } from "vitest/config";

// One classic script with its styles inside: that is what a website can embed with a single tag.
export default defineConfig({
  build: {
    outDir: "../../hub/static/widget",
    emptyOutDir: true,
    target: "es2022",
    lib: { entry: "src/main.ts", name: "HubChatWidget", formats: ["iife"], fileName: () => "widget.js" },
  },
  test: { environment: "jsdom", include: ["tests/**/*.test.ts"], isolate: false },
});
