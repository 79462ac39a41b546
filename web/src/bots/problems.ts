/** What is wrong with a flow, said in the reader's language: the hub sends a code and its parameters. */
import type { components } from "../api/schema";
import type { Translate } from "../i18n";
import { type Graph, list, type Step, stepOf } from "./builder/graph";
import { exitName, fieldName, stepName } from "./builder/names";
import { languageName } from "./languages";

export type Problem = components["schemas"]["ProblemView"];

export function problemWords(t: Translate, problem: Problem, graph: Graph, language: string): string {
  const step = stepOf(graph, problem.step);
  const given = problem.parameters;
  const said: Record<string, string | number> = { ...given };
  if (step !== undefined) {
    said.name = stepName(t, step, language);
    if (typeof given.way === "string") said.way = exitName(t, step, given.way, language);
    if (typeof given.text === "string") said.text = textName(t, step, given.text);
    if ("place" in given) said.place = `${said.name}, ${fieldName(t, inWhole(problem.field))}`;
  }
  if (typeof given.language === "string") said.language = languageName(given.language, language);
  return t(`bots.problems.${problem.code}`, said);
}

/** A text's name as the field beside the drawing is called: `options.<id>` is the choice with that id. */
function textName(t: Translate, step: Step, name: string): string {
  const [group, id] = [name.split(".", 1)[0] ?? name, name.slice(name.indexOf(".") + 1)];
  if (group !== "options") return fieldName(t, name);
  return t("bots.builder.choice", { number: list(step.options).findIndex((option) => option.id === id) + 1 });
}

/** `cases[0].all[1].value` is a part of `cases`. */
const inWhole = (field: string): string => /^\w+/.exec(field)?.[0] ?? field;
