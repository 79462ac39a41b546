/** What the builder calls a step, its exits and its fields, in the reader's language. */
import type { TextKey, Translate } from "../../i18n";
import { languageName } from "../languages";
import { list, record, said, type Step, word } from "./graph";

const known = (t: Translate, group: string, name: string): string =>
  t(`bots.builder.${group}.${name}` as TextKey, name);

export const kindName = (t: Translate, kind: string): string => t(`bots.kinds.${kind}` as TextKey, kind);
export const fieldName = (t: Translate, name: string): string => known(t, "fields", name);
export const answerName = (t: Translate, name: string): string => known(t, "answers", name);
export const opName = (t: Translate, name: string): string => known(t, "ops", name);

/** The author's name for a step, else the beginning of what it says, else its kind. */
export function stepName(t: Translate, step: Step, language: string): string {
  return word(step.label) || said(step.text, language).slice(0, 40) || kindName(t, step.kind);
}

/** An exit: a choice by its label, a case by what it compares, a language by its name. */
export function exitName(t: Translate, step: Step, exit: string, language: string): string {
  const option = list(step.options).find((one) => one.id === exit);
  if (step.kind === "question" && option !== undefined) return said(option.label, language) || exit;
  const found = list(step.cases).find((one) => one.id === exit);
  if (step.kind === "condition" && found !== undefined) return caseName(t, found);
  if (step.kind === "language" && exit.length === 2) return languageName(exit, language);
  return known(t, "exits", exit);
}

function caseName(t: Translate, found: Record<string, unknown>): string {
  const tests = list(found.all).map((test) =>
    [word(test.field) || "…", opName(t, word(test.op)), word(test.value)].filter((part) => part !== "").join(" "),
  );
  return tests.join(` ${t("bots.builder.and")} `) || word(found.id);
}

/** A line of what a step does where it says nothing. */
export function gist(t: Translate, step: Step, language: string): string {
  const text = said(step.text, language);
  const files = list(step.files).map((file) => word(file.name));
  if (text !== "" || files.length > 0) return [text, ...files.map((name) => `📎 ${name}`)].join(" ").trim();
  if (step.kind === "fill")
    return [
      ...Object.entries(record(step.fields)).map(([name, value]) => `${name} = ${String(value)}`),
      ...(Array.isArray(step.tags) ? step.tags.map((tag) => `#${String(tag)}`) : []),
    ].join(", ");
  if (step.kind === "http") return `${word(step.method) || "GET"} ${word(step.url)}`;
  if (step.kind === "wait") return t("bots.builder.minutes", { count: Number(step.minutes) || 0 });
  return word(step.question);
}
