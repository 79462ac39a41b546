/** A line's call plan as the page edits it: pure changes of the document, and where a problem belongs. */
import type { components } from "../api/schema";

export const KINDS = ["announce", "menu", "ring", "voicemail", "callback", "hours", "forward", "hang_up"] as const;
export type Kind = (typeof KINDS)[number];

export interface Prompt {
  text: string;
  file: string;
  language: string;
  voice: string;
}
/** The fields of a step depend on its kind; `planFields.ts` says which. */
export type Step = { kind: Kind } & Readonly<Record<string, unknown>>;
export interface Plan {
  readonly start: string;
  readonly nodes: Readonly<Record<string, Step>>;
  readonly after_hours: string;
  readonly block: { readonly numbers: string[]; readonly withheld: boolean; readonly answer: "busy" | "reject" };
  readonly recording: "off" | "on" | "after_consent";
  readonly wrap_up_seconds: number;
  readonly short_seconds: number;
  readonly caller_id: string;
  readonly missed_text: { channel_id: string; text: string; to: "opted_in" | "everybody" } | null;
  readonly results: string[];
  readonly listening: { to: "agent" | "everybody"; prompt: Prompt } | null;
}

/** The way on that a step takes where nothing special happens, by its kind. */
const WAY_ON: Partial<Record<Kind, string>> = {
  announce: "then",
  menu: "otherwise",
  ring: "no_answer",
  hours: "open",
  forward: "no_answer",
};
const EXITS = ["open", "closed", "then", "no_answer", "full", "otherwise"] as const;

export const said = (language: string): Prompt => ({ text: "", file: "", language, voice: "" });

/** Returns a step of a kind with everything filled in, going on to `then`. */
export function fresh(kind: Kind, then: string, language: string): Step {
  const prompt = said(language);
  switch (kind) {
    case "announce":
      // oxlint-disable-next-line unicorn/no-thenable -- the plan's own word, a name and no function
      return { kind, prompt, consent: false, then };
    case "menu":
      return { kind, prompt, choices: {}, seconds: 5, tries: 2, wrong: null, otherwise: then };
    case "ring":
      return {
        kind,
        team: null,
        agents: [],
        skills: [],
        strategy: "longest_idle",
        ring_seconds: 20,
        wait_seconds: 120,
        queue_limit: 50,
        music: null,
        say_every: 60,
        place: null,
        callback: null,
        no_answer: then,
        full: then,
      };
    case "voicemail":
      return { kind, prompt, seconds: 180, finish_key: "#", thanks: null };
    case "callback":
      return { kind, prompt, due_minutes: 60 };
    case "hours":
      return { kind, calendar: null, open: then, closed: "" };
    case "forward":
      return { kind, line: null, number: "", seconds: 30, overflow: true, no_answer: then };
    case "hang_up":
      return { kind, prompt: null };
  }
}

/** Returns where a step leads, in the order in which it is read. */
export function exits(step: Step): string[] {
  const choices = Object.values((step.choices as Record<string, string> | undefined) ?? {});
  return [...choices, ...EXITS.map((field) => step[field]).filter((to) => typeof to === "string")].filter(
    (to) => to !== "",
  );
}

/** Returns the names of all steps, as a caller may meet them; those nobody meets last. */
export function inOrder(plan: Plan): string[] {
  const seen = new Set<string>();
  const ahead = [plan.start];
  for (let name = ahead.shift(); name !== undefined; name = ahead.shift()) {
    const step = plan.nodes[name];
    if (step === undefined || seen.has(name)) continue;
    seen.add(name);
    ahead.unshift(...exits(step));
  }
  return [...seen, ...Object.keys(plan.nodes).filter((name) => !seen.has(name))];
}

/** Returns a name that no step has yet. */
export function freeName(plan: Plan, wish: string): string {
  const taken = (name: string) => Object.hasOwn(plan.nodes, name);
  if (!taken(wish)) return wish;
  let count = 2;
  while (taken(`${wish} ${count}`)) count += 1;
  return `${wish} ${count}`;
}

export const withStep = (plan: Plan, name: string, step: Step): Plan => ({
  ...plan,
  nodes: { ...plan.nodes, [name]: step },
});

/** Returns the plan with every mention of a step changed to another name. */
function redirected(plan: Plan, from: string, to: string): Plan {
  const turned = (name: unknown) => (name === from ? to : name);
  const nodes = Object.fromEntries(
    Object.entries(plan.nodes).map(([name, step]) => {
      const changed: Record<string, unknown> = { ...step };
      for (const field of EXITS) if (field in step) changed[field] = turned(step[field]);
      if ("choices" in step)
        changed.choices = Object.fromEntries(
          Object.entries(step.choices as Record<string, string>).map(([key, target]) => [key, turned(target)]),
        );
      return [name, changed as Step];
    }),
  );
  return {
    ...plan,
    nodes,
    start: turned(plan.start) as string,
    after_hours: turned(plan.after_hours) as string,
  };
}

/** Returns the plan with a step renamed everywhere; the same plan if the name is empty or taken. */
export function renamed(plan: Plan, from: string, to: string): Plan {
  const step = plan.nodes[from];
  if (step === undefined || to === "" || Object.hasOwn(plan.nodes, to)) return plan;
  const moved = redirected(plan, from, to);
  const nodes = Object.fromEntries(
    Object.entries(moved.nodes).map(([name, kept]) => [name === from ? to : name, kept]),
  );
  return { ...moved, nodes };
}

/** Returns the plan without a step; what led to it leads on to where it would have gone. */
export function without(plan: Plan, name: string): Plan {
  const step = plan.nodes[name];
  if (step === undefined) return plan;
  const way = step[WAY_ON[step.kind] ?? ""];
  const next = typeof way === "string" && way !== name ? way : "";
  const moved = redirected(plan, name, next);
  return { ...moved, nodes: Object.fromEntries(Object.entries(moved.nodes).filter(([other]) => other !== name)) };
}

/** One thing that is wrong, as `POST /call-plans/check` tells it. */
export type Problem = components["schemas"]["PlanProblemView"];
