/** A flow's document as it is drawn: steps, their exits, and every edit of them. Nothing is changed in place. */

export type Json = Record<string, unknown>;
export type Texts = Record<string, string>;
/** One step as the document has it; what the builder does not know stays as it is. */
export type Step = Json & { id: string; kind: string };
export type Graph = Json & { languages: string[]; start: string; steps: Step[] };
export type Spot = [number, number];

export const KINDS = [
  "message",
  "question",
  "condition",
  "fill",
  "http",
  "wait",
  "hours",
  "language",
  "faq",
  "model",
  "flow",
  "assign",
  "handover",
  "close",
] as const;
export type Kind = (typeof KINDS)[number];

/** What a new step of a kind has besides its id. */
const FRESH: Record<Kind, Json> = {
  message: { text: {} },
  question: { text: {}, answer: "text" },
  condition: { cases: [{ id: "case-1", all: [{ field: "", op: "filled" }] }] },
  fill: { fields: {} },
  http: { url: "https://", method: "GET" },
  wait: { minutes: 5 },
  hours: {},
  language: {},
  faq: {},
  model: {},
  flow: {},
  assign: {},
  handover: {},
  close: {},
};

export const record = (value: unknown): Json =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
export const list = (value: unknown): Json[] => (Array.isArray(value) ? value.map(record) : []);
export const word = (value: unknown): string => (typeof value === "string" ? value : "");
export const words = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
const strings = (value: unknown): Texts =>
  Object.fromEntries(
    Object.entries(record(value)).flatMap(([key, one]) => (typeof one === "string" ? [[key, one]] : [])),
  );

export const textsOf = strings;
export const exitsOf = (step: Json): Texts => strings(step.exits);

export const stepOf = (graph: Graph, id: string): Step | undefined => graph.steps.find((step) => step.id === id);

export function spotOf(step: Json): Spot {
  const [x, y] = Array.isArray(step.at) ? (step.at as unknown[]) : [];
  return [typeof x === "number" ? x : 0, typeof y === "number" ? y : 0];
}

/** A text in the reader's language, else in the flow's first, else in any. */
export function said(value: unknown, language: string, otherwise = "en"): string {
  const texts = strings(value);
  return texts[language] || texts[otherwise] || (Object.values(texts).find((text) => text !== "") ?? "");
}

/** The exits of a step: those that have to lead somewhere, and those that may. The hub's `exits_of` says the same. */
export function waysOf(step: Step, languages: readonly string[]): { needed: string[]; may: string[] } {
  switch (step.kind) {
    case "message":
    case "fill":
    case "assign":
      return { needed: ["next"], may: [] };
    case "wait":
      return { needed: ["next"], may: ["said"] };
    case "question":
      return questionWays(step);
    case "condition":
      return { needed: [...list(step.cases).map((one) => word(one.id)), "else"], may: [] };
    case "http":
      return { needed: ["ok", "failed"], may: [] };
    case "hours":
      return { needed: ["open", "closed"], may: [] };
    case "language":
      return { needed: ["else"], may: [...languages] };
    case "faq":
      return { needed: step.confirm === false ? ["helped", "none"] : ["helped", "not_helped", "none"], may: [] };
    case "model":
      return { needed: ["answered", "refused"], may: [] };
    default:
      return { needed: [], may: [] };
  }
}

function questionWays(step: Step): { needed: string[]; may: string[] } {
  const spare = ["invalid", "timeout"];
  if (step.answer !== "choice") return { needed: ["next"], may: spare };
  const ids = list(step.options).map((option) => word(option.id));
  // One exit for all choices is enough; each may have its own.
  return "next" in exitsOf(step)
    ? { needed: ["next"], may: [...ids, ...spare] }
    : { needed: ids, may: ["next", ...spare] };
}

export interface Edge {
  from: string;
  exit: string;
  to: string;
}

export function edgesOf(graph: Graph): Edge[] {
  const ids = new Set(graph.steps.map((step) => step.id));
  return graph.steps.flatMap((step) =>
    Object.entries(exitsOf(step)).flatMap(([exit, to]) => (ids.has(to) ? [{ from: step.id, exit, to }] : [])),
  );
}

/** `wanted`, or with a number behind it where that is taken. */
export function freeId(wanted: string, taken: readonly string[]): string {
  if (!taken.includes(wanted)) return wanted;
  let number = 2;
  while (taken.includes(`${wanted}-${number}`)) number += 1;
  return `${wanted}-${number}`;
}

const withStep = (graph: Graph, id: string, edit: (step: Step) => Step): Graph => ({
  ...graph,
  steps: graph.steps.map((step) => (step.id === id ? edit(step) : step)),
});

const withExits = (step: Step, exits: readonly [string, string][]): Step => ({
  ...step,
  exits: Object.fromEntries(exits),
});

/** Adds a step; behind `after` it is led to from the first exit of that step that leads nowhere yet, or stands between. */
export function addStep(graph: Graph, kind: Kind, at: Spot, after = ""): { graph: Graph; id: string } {
  const taken = graph.steps.map((step) => step.id);
  const id = freeId(kind, taken);
  const added: Step = { ...structuredClone(FRESH[kind]), id, kind, at };
  const grown: Graph = { ...graph, start: graph.start === "" ? id : graph.start, steps: [...graph.steps, added] };
  const before = stepOf(graph, after);
  if (before === undefined) return { graph: grown, id };
  const exit = freeExit(before, graph.languages);
  return { graph: exit === undefined ? between(grown, before, added) : connect(grown, after, exit, id), id };
}

/** Puts a step into the only way out of another, if it leads on by itself. */
function between(graph: Graph, before: Step, added: Step): Graph {
  const [exit, ...more] = waysOf(before, graph.languages).needed;
  const onward = waysOf(added, graph.languages).needed;
  if (exit === undefined || more.length > 0 || !onward.includes("next")) return graph;
  return connect(connect(graph, added.id, "next", exitsOf(before)[exit] ?? ""), before.id, exit, added.id);
}

function freeExit(step: Step, languages: readonly string[]): string | undefined {
  return waysOf(step, languages).needed.find((way) => (exitsOf(step)[way] ?? "") === "");
}

/** Leads an exit to a step; an empty `to` takes the way away. */
export const connect = (graph: Graph, from: string, exit: string, to: string): Graph =>
  withStep(graph, from, (step) => {
    const { [exit]: _before, ...others } = exitsOf(step);
    return { ...step, exits: to === "" ? others : { ...others, [exit]: to } };
  });

/** Deletes steps and the ways to them. Without its first step a flow begins where that one led. */
export function removeSteps(graph: Graph, ids: readonly string[]): Graph {
  const gone = new Set(ids);
  const steps = graph.steps
    .filter((step) => !gone.has(step.id))
    .map((step) => {
      const kept = Object.entries(exitsOf(step)).filter(([, to]) => !gone.has(to));
      return kept.length === Object.keys(exitsOf(step)).length ? step : withExits(step, kept);
    });
  const first = stepOf(graph, graph.start);
  const next = Object.values(first === undefined ? {} : exitsOf(first)).find((to) =>
    steps.some((step) => step.id === to),
  );
  return { ...graph, steps, start: gone.has(graph.start) ? (next ?? steps[0]?.id ?? "") : graph.start };
}

export function moveSteps(graph: Graph, spots: ReadonlyMap<string, Spot>): Graph {
  return {
    ...graph,
    steps: graph.steps.map((step) => {
      const at = spots.get(step.id);
      return at === undefined ? step : { ...step, at: [Math.round(at[0]), Math.round(at[1])] };
    }),
  };
}

/** Sets a field of a step; undefined takes it out. Ways out of choices and cases that are gone go with them. */
export const setField = (graph: Graph, id: string, name: string, value: unknown): Graph =>
  withStep(graph, id, (step) => {
    const { [name]: _before, ...others } = step;
    const after = (value === undefined ? others : { ...step, [name]: value }) as Step;
    const { needed, may } = waysOf(after, graph.languages);
    const before = waysOf(step, graph.languages);
    const gone = new Set(
      [...before.needed, ...before.may].filter((way) => !needed.includes(way) && !may.includes(way)),
    );
    const kept = Object.entries(exitsOf(after)).filter(([way]) => !gone.has(way));
    return kept.length === Object.keys(exitsOf(after)).length ? after : withExits(after, kept);
  });

/** What a question asks for; one with choices begins with two. */
export function setAnswer(graph: Graph, id: string, answer: string): Graph {
  const after = setField(graph, id, "answer", answer);
  const step = stepOf(after, id);
  if (step === undefined || answer !== "choice" || list(step.options).length > 0) return after;
  return setField(after, id, "options", [
    { id: "option-1", label: {} },
    { id: "option-2", label: {} },
  ]);
}

/** A text in one language; an empty one is taken out. */
export function withText(texts: unknown, language: string, text: string): Texts {
  const { [language]: _before, ...others } = strings(texts);
  return text === "" ? others : { ...others, [language]: text };
}

/** Adds or takes a language of the flow; texts written in it stay in the document. */
export const setLanguages = (graph: Graph, languages: readonly string[]): Graph =>
  languages.length === 0 ? graph : { ...graph, languages: [...languages] };
