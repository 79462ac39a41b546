import { expect, it } from "vitest";
import { stepsOf } from "./steps";

const graph = {
  start: "greet",
  steps: [
    { id: "late", kind: "message", text: { en: "Never reached" } },
    { id: "ask", kind: "question", text: { en: "Your name?", pl: "Jak się nazywasz?" }, exits: { next: "end" } },
    { id: "greet", kind: "message", label: "Greeting", text: { en: "Hello" }, exits: { next: "ask" } },
    { id: "end", kind: "hand_over" },
  ],
};

it("lists steps in the order in which they are reached, those nobody reaches last", () => {
  expect(stepsOf(graph, "pl").map((step) => step.id)).toEqual(["greet", "ask", "end", "late"]);
});

it("shows what a step says in the reader's language, else in English", () => {
  expect(stepsOf(graph, "pl").map((step) => step.text)).toEqual(["Hello", "Jak się nazywasz?", "", "Never reached"]);
});

it("calls a step as whoever drew it did", () => {
  expect(stepsOf(graph, "en").map((step) => step.label)).toEqual(["Greeting", "ask", "end", "late"]);
});

it("shows where a step leads", () => {
  expect(stepsOf(graph, "en")[0]?.next).toEqual(["ask"]);
});
