/** A scorecard while it is edited: pure changes, and weights shared so that they make 100. */
import type { components } from "../api/schema";
import type { Scorecard } from "./queries";

type Schemas = components["schemas"];
export type CardDraft = Omit<Schemas["NewCard"], "id">;
export type SectionDraft = Schemas["SectionEdit"];
export type QuestionDraft = Schemas["QuestionEdit"];

/** Whole percentages, as even as can be, that make exactly 100; what is left over goes to the first ones. */
export function evenly(count: number): number[] {
  const share = count === 0 ? 0 : Math.floor(100 / count);
  return Array.from({ length: count }, (_, index) => share + (index < 100 - share * count ? 1 : 0));
}

/** Shares the weight evenly among the questions that can earn points. */
export function shareQuestions(section: SectionDraft): SectionDraft {
  const shares = evenly(section.questions.filter(({ kind }) => kind !== "text").length);
  const questions = section.questions.map((one) => ({
    ...one,
    weight: one.kind === "text" ? 0 : (shares.shift() ?? 0),
  }));
  return { ...section, questions };
}

export const newQuestion = (key: string): QuestionDraft => ({
  key,
  text: "",
  guide: "",
  kind: "yes_no",
  weight: 100,
  choices: [],
  mandatory: true,
  may_be_na: true,
  fails: [],
});

export const newSection = (key: string, questionKey: string): SectionDraft => ({
  key,
  title: "",
  weight: 100,
  questions: [newQuestion(questionKey)],
});

export const draftOf = ({ name, description, pass_mark, sections }: Scorecard): CardDraft => ({
  name,
  description,
  pass_mark,
  sections,
});

/** What may be answered, by value. */
export function answersOf({ kind, choices }: QuestionDraft): string[] {
  if (kind === "yes_no") return ["yes", "no"];
  if (kind === "scale") return ["1", "2", "3", "4", "5"];
  return kind === "choice" ? (choices ?? []).map(({ key }) => key) : [];
}

/** Another way to answer: what no longer fits falls away. */
export function withKind(question: QuestionDraft, kind: QuestionDraft["kind"], keys: [string, string]): QuestionDraft {
  const choices =
    kind === "choice" ? keys.map((key, index) => ({ key, label: "", points: index === 0 ? 100 : 0 })) : [];
  return { ...question, kind, choices, fails: [], weight: kind === "text" ? 0 : question.weight };
}
