/** Where steps stand: drawings opened, tidied, given room; the order in which steps are reached. */
import {
  exitsOf,
  freeId,
  type Graph,
  type Json,
  list,
  moveSteps,
  type Spot,
  spotOf,
  type Step,
  stepOf,
  waysOf,
  word,
  words,
} from "./graph";

/** The document as a graph; parts that cannot be drawn are left out, so that a half-written draft still opens. */
export function readGraph(draft: Json): Graph {
  const steps = list(draft.steps).filter((step): step is Step => word(step.id) !== "" && word(step.kind) !== "");
  const languages = words(draft.languages);
  const start = word(draft.start);
  const graph = { ...draft, languages: languages.length > 0 ? languages : ["en"], start, steps };
  return crowded(graph) ? tidied(graph) : graph;
}

export const WIDTH = 240;
const COLUMN = WIDTH + 80;
const GAP = 28;

/** About how tall a step is drawn, its counts included. */
export function heightOf(step: Step, languages: readonly string[]): number {
  const { needed, may } = waysOf(step, languages);
  const exits = exitsOf(step);
  const rows = needed.length + may.filter((way) => way in exits).length;
  return 74 + ("text" in step ? 34 : 0) + rows * 24;
}

/** Whether steps lie on one another. */
export function crowded(graph: Graph): boolean {
  const boxes = graph.steps.map((step) => ({ at: spotOf(step), height: heightOf(step, graph.languages) }));
  return boxes.some((one, index) =>
    boxes
      .slice(index + 1)
      .some(
        (other) =>
          Math.abs(one.at[0] - other.at[0]) < WIDTH &&
          one.at[1] < other.at[1] + other.height &&
          other.at[1] < one.at[1] + one.height,
      ),
  );
}

const MARGIN = 24;
const READABLE = 0.65;

/** Where a drawing is looked at first: whole if it can be read so, else from its upper left corner. */
export function firstView(graph: Graph, width: number, height: number): { x: number; y: number; zoom: number } {
  const lefts = graph.steps.map((step) => spotOf(step)[0]);
  const tops = graph.steps.map((step) => spotOf(step)[1]);
  const bottoms = graph.steps.map((step) => spotOf(step)[1] + heightOf(step, graph.languages));
  const [left, top] = [Math.min(0, ...lefts), Math.min(0, ...tops)];
  const wide = Math.max(WIDTH, ...lefts.map((x) => x + WIDTH)) - left;
  const tall = Math.max(0, ...bottoms) - top;
  const whole = Math.min((width - 2 * MARGIN) / wide, (height - 2 * MARGIN) / Math.max(tall, 1));
  const zoom = Math.min(1, Math.max(READABLE, whole));
  const centred = (room: number, size: number) => Math.max(MARGIN, (room - size * zoom) / 2);
  return { x: centred(width, wide) - left * zoom, y: centred(height, tall) - top * zoom, zoom };
}

/** Every step in the column of how far it is from the first one, in the order of the ways that lead there. */
export function tidied(graph: Graph): Graph {
  const depth = new Map<string, number>();
  let row = [graph.start];
  for (let column = 0; row.length > 0; column += 1) {
    const fresh = [...new Set(row)].filter((id) => !depth.has(id) && stepOf(graph, id) !== undefined);
    for (const id of fresh) depth.set(id, column);
    row = fresh.flatMap((id) => waysInOrder(graph, id));
  }
  // What no way leads to stands below the first step.
  for (const step of graph.steps) if (!depth.has(step.id)) depth.set(step.id, 0);
  const filled = new Map<number, number>();
  const spots = new Map<string, Spot>();
  for (const [id, column] of depth) {
    const step = stepOf(graph, id);
    if (step === undefined) continue;
    const top = filled.get(column) ?? 0;
    spots.set(id, [column * COLUMN, top]);
    filled.set(column, top + heightOf(step, graph.languages) + GAP);
  }
  return moveSteps(graph, spots);
}

function waysInOrder(graph: Graph, id: string): string[] {
  const step = stepOf(graph, id);
  if (step === undefined) return [];
  const { needed, may } = waysOf(step, graph.languages);
  const exits = exitsOf(step);
  return [...needed, ...may].flatMap((way) => exits[way] ?? []);
}

/** The steps in the order in which they are reached, those no way leads to last. */
export function inOrder(graph: Graph): Step[] {
  const found = new Map<string, Step>();
  const ahead = [graph.start, ...graph.steps.map((step) => step.id)];
  for (let id = ahead.shift(); id !== undefined; id = ahead.shift()) {
    const step = stepOf(graph, id);
    if (step === undefined || found.has(id)) continue;
    found.set(id, step);
    ahead.unshift(...waysInOrder(graph, id));
  }
  return [...found.values()];
}

/** The next free place to the right of a step; without one, right of the lowest. */
export function clearSpot(graph: Graph, beside: Step | undefined, columns = 1): Spot {
  const from = beside ?? graph.steps.toSorted((a, b) => spotOf(b)[1] - spotOf(a)[1])[0];
  if (from === undefined) return [0, 0];
  const x = spotOf(from)[0] + columns * COLUMN;
  let y = spotOf(from)[1];
  while (graph.steps.some((one) => Math.abs(spotOf(one)[0] - x) < WIDTH && Math.abs(spotOf(one)[1] - y) < 120))
    y += 150;
  return [x, y];
}

/** Adds the twin of a step below it; no way leads there yet. */
export function copyStep(graph: Graph, step: Step): { graph: Graph; id: string } {
  const taken = graph.steps.map((one) => one.id);
  const id = freeId(step.kind, taken);
  const twin = { ...structuredClone(step), id, at: clearSpot(graph, step, 0) };
  return { graph: { ...graph, steps: [...graph.steps, twin] }, id };
}
