/** The steps of a flow's document as a list to read: in the order in which they can be reached. */

export interface StepRow {
  id: string;
  kind: string;
  /** What whoever drew it calls it. */
  label: string;
  /** What it says, in the reader's language if it has it. */
  text: string;
  /** Steps it may lead to. */
  next: string[];
}

type Json = Record<string, unknown>;
const record = (value: unknown): Json =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};

function words(value: unknown, language: string): string {
  if (typeof value === "string") return value;
  const texts = record(value);
  const found = texts[language] ?? texts.en ?? Object.values(texts)[0];
  return typeof found === "string" ? found : "";
}

/** Every string below a value that names a step. */
function named(value: unknown, ids: ReadonlySet<string>, found: Set<string>): void {
  if (typeof value === "string") {
    if (ids.has(value)) found.add(value);
  } else if (Array.isArray(value)) for (const item of value) named(item, ids, found);
  else for (const item of Object.values(record(value))) named(item, ids, found);
}

export function stepsOf(graph: Json, language: string): StepRow[] {
  const drawn: unknown[] = Array.isArray(graph.steps) ? graph.steps : [];
  const steps = drawn.map(record).map((step) => [typeof step.id === "string" ? step.id : "", step] as const);
  const ids = new Set(steps.map(([id]) => id));
  const rows = new Map(
    steps.map(([id, step]) => {
      const next = new Set<string>();
      const { id: _id, kind, label, text, ...rest } = step;
      named(rest, ids, next);
      next.delete(id);
      const row: StepRow = {
        id,
        kind: typeof kind === "string" ? kind : "",
        label: typeof label === "string" && label !== "" ? label : id,
        text: words(text, language),
        next: [...next],
      };
      return [id, row] as const;
    }),
  );
  const first = typeof graph.start === "string" ? graph.start : (steps[0]?.[0] ?? "");
  const order: string[] = [];
  const queue = [first, ...ids];
  const seen = new Set<string>();
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    const row = rows.get(id);
    if (row === undefined || seen.has(id)) continue;
    seen.add(id);
    order.push(id);
    queue.unshift(...row.next);
  }
  return order.flatMap((id) => rows.get(id) ?? []);
}
