import { expect, it } from "vitest";
import type { Translate } from "../i18n";
import type { Graph } from "./builder/graph";
import { type Problem, problemWords } from "./problems";

const graph: Graph = {
  languages: ["en", "pl"],
  start: "ask",
  steps: [
    { id: "ask", kind: "question", text: { pl: "W czym pomóc?" }, options: [{ id: "order", label: { pl: "Zakup" } }] },
  ],
};
const problem = (code: Problem["code"], field: string, parameters: Problem["parameters"]): Problem => ({
  code,
  field,
  parameters,
  level: "error",
  step: "ask",
  words: "In English",
});
/** Shows what is filled in where. */
const t: Translate = (key, values) =>
  typeof values === "object" ? `${key} ${Object.values(values).toSorted().join(" | ")}` : key;

it("names step, exit and language as the reader does", () => {
  const words = problemWords(t, problem("same_label", "options", { name: "ask", language: "ko" }), graph, "pl");
  expect(words).toBe("bots.problems.same_label W czym pomóc? | koreański");
});

it("names a choice's exit by its label", () => {
  const words = problemWords(t, problem("dead_end", "order", { name: "ask", way: "order" }), graph, "pl");
  expect(words).toBe("bots.problems.dead_end W czym pomóc? | Zakup");
});

it("calls the text of a choice by its number, as the field beside it is called", () => {
  const given = { name: "ask", text: "options.order", language: "en" };
  expect(problemWords(t, problem("missing_text", "options.order", given), graph, "pl")).toContain(
    "bots.builder.choice 1",
  );
});

it("says where something cannot be read by the step and its field", () => {
  const words = problemWords(t, problem("no_number", "tries", { place: "steps[0].tries" }), graph, "pl");
  expect(words).toContain("W czym pomóc?, bots.builder.fields.tries");
});
