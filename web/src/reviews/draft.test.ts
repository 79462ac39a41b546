import { expect, it } from "vitest";
import { answersOf, evenly, newQuestion, newSection, shareQuestions, withKind } from "./draft";

it("shares weights so that they make exactly 100", () => {
  expect(evenly(3)).toEqual([34, 33, 33]);
});

it("gives no weight to a question answered in words", () => {
  const words = withKind(newQuestion("b"), "text", ["x", "y"]);
  const section = { ...newSection("s", "a"), questions: [newQuestion("a"), words, newQuestion("c")] };
  expect(shareQuestions(section).questions.map(({ weight }) => weight)).toEqual([50, 0, 50]);
});

it("forgets failing answers that are no longer possible", () => {
  const failing = { ...newQuestion("a"), fails: ["no"] };
  expect(withKind(failing, "scale", ["x", "y"]).fails).toEqual([]);
});

it("begins a question with choices with one that earns everything", () => {
  const asked = withKind(newQuestion("a"), "choice", ["x", "y"]);
  expect([answersOf(asked), asked.choices?.map(({ points }) => points)]).toEqual([
    ["x", "y"],
    [100, 0],
  ]);
});
