/** Reads a JSON schema as pydantic writes it into what a form needs to know. Pure. */

export interface JsonSchema {
  type?: string;
  title?: string;
  description?: string;
  format?: string;
  default?: unknown;
  const?: unknown;
  enum?: readonly unknown[];
  examples?: readonly unknown[];
  properties?: Readonly<Record<string, JsonSchema>>;
  required?: readonly string[];
  items?: JsonSchema | false;
  prefixItems?: readonly JsonSchema[];
  minItems?: number;
  maxItems?: number;
  /** Of a number, as a word or sign: ours, by `json_schema_extra`. */
  unit?: string;
  /** Of a setting that most want though it is not required (true), or hardly anybody (false): ours, by `json_schema_extra`. */
  first?: boolean;
  /** Beside which values of its neighbours a setting means anything: ours, by `json_schema_extra`. */
  when?: Readonly<Record<string, readonly unknown[]>>;
  /** Of a list of texts that hold spaces and commas: ours, by `json_schema_extra`. */
  sentences?: boolean;
  anyOf?: readonly JsonSchema[];
  oneOf?: readonly JsonSchema[];
  discriminator?: { propertyName: string };
  $ref?: string;
  $defs?: Readonly<Record<string, JsonSchema>>;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  writeOnly?: boolean;
}

export type FieldKind =
  | "secret"
  | "text"
  | "longText"
  | "color"
  | "choice"
  | "choices"
  | "number"
  | "switch"
  | "yesNoDefault"
  | "texts"
  | "records"
  | "tuple"
  | "record"
  | "variants"
  | "json";

export type Values = Readonly<Record<string, unknown>>;

const LONG = 1000;

/** Follows `$ref`; what stands beside it (title, description, default) wins over what it points to. */
export function resolve(schema: JsonSchema, root: JsonSchema): JsonSchema {
  if (schema.$ref === undefined) return schema;
  const name = schema.$ref.split("/").at(-1) ?? "";
  const { $ref: _ref, ...beside } = schema;
  return { ...resolve(root.$defs?.[name] ?? {}, root), ...beside };
}

/** Takes `X | null` apart: the schema of X, and whether null is allowed. */
export function withoutNull(schema: JsonSchema, root: JsonSchema): { schema: JsonSchema; nullable: boolean } {
  const found = resolve(schema, root);
  const options = found.anyOf;
  if (options === undefined) return { schema: found, nullable: false };
  const rest = options.filter((option) => option.type !== "null");
  const only = rest[0];
  if (rest.length !== 1 || only === undefined) return { schema: found, nullable: rest.length < options.length };
  const { anyOf: _anyOf, ...beside } = found;
  return { schema: { ...resolve(only, root), ...beside }, nullable: true };
}

/** Says which control draws a schema. */
export function kindOf(given: JsonSchema, root: JsonSchema): FieldKind {
  const { schema, nullable } = withoutNull(given, root);
  if (schema.format === "password" || schema.writeOnly === true) return "secret";
  if (schema.enum !== undefined) return "choice";
  if (schema.oneOf !== undefined && schema.discriminator !== undefined) return "variants";
  switch (schema.type) {
    case "string":
      if (schema.format === "color") return "color";
      return (schema.maxLength ?? 0) >= LONG ? "longText" : "text";
    case "integer":
    case "number":
      return "number";
    case "boolean":
      return nullable ? "yesNoDefault" : "switch";
    case "object":
      return schema.properties === undefined ? "json" : "record";
    case "array":
      return listKind(schema, root);
    default:
      return "json";
  }
}

/** The schema of a list's items, whatever way it is written. */
export function itemsOf(schema: JsonSchema, root: JsonSchema): JsonSchema {
  return schema.items === undefined || schema.items === false ? {} : withoutNull(schema.items, root).schema;
}

function listKind(schema: JsonSchema, root: JsonSchema): FieldKind {
  if (schema.prefixItems !== undefined) return "tuple";
  const items = itemsOf(schema, root);
  if (items.enum !== undefined) return "choices";
  if (items.type === "string") return "texts";
  return items.properties === undefined ? "json" : "records";
}

/** The schema of a variant, chosen by its discriminator's value. */
export function variantsOf(schema: JsonSchema, root: JsonSchema): { value: string; schema: JsonSchema }[] {
  const name = schema.discriminator?.propertyName ?? "";
  return (schema.oneOf ?? []).map((option) => {
    const found = resolve(option, root);
    const mark = found.properties?.[name];
    return { value: String(mark?.const ?? mark?.default ?? mark?.enum?.[0] ?? found.title ?? ""), schema: found };
  });
}

/** The value a field starts with. */
export function defaultOf(given: JsonSchema, root: JsonSchema): unknown {
  const { schema, nullable } = withoutNull(given, root);
  const own = given.default ?? schema.default;
  if (own !== undefined) return own;
  if (nullable) return null;
  switch (kindOf(given, root)) {
    case "switch":
      return false;
    case "texts":
    case "choices":
    case "records":
      return [];
    case "tuple":
      return (schema.prefixItems ?? []).map((item) => defaultOf(item, root));
    case "record":
      return defaultsOf(schema, root);
    case "variants": {
      const first = variantsOf(schema, root)[0];
      return first === undefined
        ? {}
        : { ...defaultsOf(first.schema, root), [schema.discriminator?.propertyName ?? ""]: first.value };
    }
    case "choice":
      return schema.enum?.[0] ?? "";
    case "number":
      return null;
    default:
      return "";
  }
}

export function defaultsOf(schema: JsonSchema, root: JsonSchema): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(schema.properties ?? {}).map(([name, field]) => [name, defaultOf(field, root)]),
  );
}

/** What is on screen for a channel: its settings over the defaults; a stored secret shows as empty. */
export function startValues(root: JsonSchema, stored: Values | null): Record<string, unknown> {
  const values = defaultsOf(root, root);
  for (const [name, field] of Object.entries(root.properties ?? {})) {
    if (kindOf(field, root) === "secret") values[name] = "";
    else if (stored !== null && name in stored) values[name] = stored[name];
  }
  return values;
}

const UNITS: Readonly<Record<string, string>> = {
  seconds: "second",
  minutes: "minute",
  hours: "hour",
  days: "day",
  kb: "kilobyte",
  mb: "megabyte",
};

/** In what a number counts: what its schema says, else the last word of its name, in the reader's language. */
export function unitOf(name: string, schema: JsonSchema, locale: string): string {
  if (schema.unit !== undefined) return schema.unit;
  const unit = UNITS[name.split("_").at(-1) ?? ""];
  if (unit === undefined || !name.includes("_")) return "";
  const parts = new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "short" }).formatToParts(5);
  return parts.find((part) => part.type === "unit")?.value ?? "";
}

/** What is sent: secrets nobody typed stay out, so that the stored ones (or the model's own) remain. */
export function toSend(root: JsonSchema, values: Values): Record<string, unknown> {
  const sent: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(root.properties ?? {})) {
    const value = values[name];
    const { nullable } = withoutNull(field, root);
    const kind = kindOf(field, root);
    if (kind === "secret" && (value === "" || value === undefined)) continue;
    if (kind === "number" && (value === null || value === "") && !nullable) continue;
    sent[name] = value === "" && nullable ? null : value;
  }
  return sent;
}

/** Whether a setting means anything beside the values of its neighbours. */
export function applies(field: JsonSchema, neighbours: Values): boolean {
  return Object.entries(field.when ?? {}).every(([name, values]) => values.includes(neighbours[name]));
}

/** Says a setting's path as a person finds it in the form: "Question 4 › Label". What is no setting stays as it is. */
export function placeOf(path: string, root: JsonSchema): string {
  const said: string[] = [];
  let schema: JsonSchema = root;
  for (const part of path.split(".")) {
    const { schema: here } = withoutNull(schema, root);
    const isItem = here.type === "array" && here.prefixItems === undefined;
    const next = isItem ? itemsOf(here, root) : (here.properties?.[part] ?? here.prefixItems?.[Number(part)]);
    if (next === undefined) return said.length === 0 ? path : said.join(" › ");
    const { schema: found } = withoutNull(next, root);
    // An item is called by its own name and number, and so the list needs no mention.
    if (!isItem) said.push(next.title ?? found.title ?? part);
    else if (found.title !== undefined) said.splice(-1, 1, `${found.title} ${Number(part) + 1}`);
    schema = next;
  }
  return said.join(" › ");
}

/** Which fields a newcomer needs, and which can wait behind "more": without required ones everything is shown. */
export function fieldGroups(root: JsonSchema, values: Values): { first: string[]; more: string[] } {
  const names = Object.keys(root.properties ?? {});
  const required = new Set(root.required ?? []);
  if (required.size === 0) return { first: names, more: [] };
  const isFirst = (name: string) => {
    const field = root.properties?.[name] ?? {};
    const kind = kindOf(field, root);
    const changed = JSON.stringify(values[name] ?? null) !== JSON.stringify(defaultOf(field, root) ?? null);
    const plainSecret = kind === "secret" && !withoutNull(field, root).nullable;
    const usual = plainSecret || kind === "choice" || kind === "variants";
    return required.has(name) || (field.first ?? usual) || (kind !== "secret" && changed);
  };
  return { first: names.filter(isFirst), more: names.filter((name) => !isFirst(name)) };
}
