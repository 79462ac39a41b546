/** What the builder reads: which fields each kind of step has. */
import { queryOptions } from "@tanstack/react-query";
import { body, client } from "../../api/client";
import { type Json, record, word } from "./graph";

export const flowSchemaQuery = queryOptions({
  queryKey: ["bots", "schema"],
  queryFn: ({ signal }) => body(client.GET("/bots/schema", { signal })),
  staleTime: Infinity,
});

export interface Field {
  name: string;
  sort: "texts" | "text" | "number" | "flag" | "one" | "pairs" | "words" | "options" | "cases" | "take" | "files";
  required: boolean;
  /** For `one`: what may be chosen. */
  among: string[];
  min?: number;
  max?: number;
}

const DRAWN = new Set(["kind", "id", "at", "exits", "label"]);
const FIRST = ["text", "files", "answer", "options", "cases"];

/** The fields of a kind, the ones its author fills first before the others. */
export function fieldsOf(schema: Json, kind: string): Field[] {
  const shape = record(record(schema.$defs)[kind]);
  const required = Array.isArray(shape.required) ? shape.required : [];
  const rank = (name: string) => (FIRST.includes(name) ? FIRST.indexOf(name) : FIRST.length);
  return Object.entries(record(shape.properties))
    .filter(([name]) => !DRAWN.has(name))
    .map(([name, type]) => field(name, record(type), required.includes(name)))
    .toSorted((a, b) => rank(a.name) - rank(b.name));
}

function field(name: string, given: Json, required: boolean): Field {
  const type = Array.isArray(given.anyOf) ? record(given.anyOf[0]) : given;
  const made: Field = { name, sort: sortOf(type), required, among: [] };
  if (Array.isArray(type.enum)) made.among = type.enum.map(String);
  if (typeof type.minimum === "number") made.min = type.minimum;
  if (typeof type.maximum === "number") made.max = type.maximum;
  return made;
}

function sortOf(type: Json): Field["sort"] {
  if (word(type.$ref).endsWith("/texts")) return "texts";
  if (Array.isArray(type.enum)) return "one";
  switch (type.type) {
    case "boolean":
      return "flag";
    case "number":
    case "integer":
      return "number";
    case "object":
      return "pairs";
    case "array":
      return listOf(word(record(type.items).$ref));
    default:
      return "text";
  }
}

function listOf(item: string): Field["sort"] {
  if (item.endsWith("/_option")) return "options";
  if (item.endsWith("/_case")) return "cases";
  if (item.endsWith("/_file")) return "files";
  return item.endsWith("/_take") ? "take" : "words";
}
