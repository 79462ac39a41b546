/** Templates as the picker needs them: found, filled in, checked. The same rules as hub/domain/template.py. Pure. */
import type { Template, TemplateField } from "../../api/types";

export type Filled = Readonly<Record<string, string>>;

export interface TemplateFilter {
  search: string;
  language: string;
  category: string;
  /** Also those that cannot be sent now. */
  all: boolean;
}

export const EVERYTHING: TemplateFilter = { search: "", language: "", category: "", all: false };

/** Returns the templates a filter finds, those that can be sent first, else in their own order. */
export function found(items: readonly Template[], filter: TemplateFilter): Template[] {
  const words = filter.search.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return items
    .filter((item) => filter.all || item.state === "approved")
    .filter((item) => filter.language === "" || item.language === filter.language)
    .filter((item) => filter.category === "" || item.category === filter.category)
    .filter((item) => {
      const text = [item.name.replaceAll("_", " "), item.name, item.header, item.body, item.footer]
        .join("\n")
        .toLocaleLowerCase();
      return words.every((word) => text.includes(word));
    })
    .toSorted((a, b) => Number(b.state === "approved") - Number(a.state === "approved"));
}

export const isFile = (field: TemplateField): boolean =>
  field.kind === "image" || field.kind === "video" || field.kind === "document";

/** Which files a field of this kind takes; a document may be anything. */
export const accepts = (field: TemplateField): string => (field.kind === "document" ? "" : `${field.kind}/*`);

const PLACEHOLDER = /\{\{\s*([A-Za-z0-9_.]+)\s*\}\}/g;
const PLACE = /^\s*-?\d{1,2}(?:\.\d+)?\s*,\s*-?\d{1,3}(?:\.\d+)?\s*$/;

export interface Piece {
  text: string;
  /** The field this stands for; null for the template's own words. */
  key: string | null;
  empty: boolean;
}

/** Takes a template's text apart: its own words, and what stands in its fields. */
export function pieces(text: string, values: Filled, fields: readonly TemplateField[]): Piece[] {
  const parts: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    const key = match[1] ?? "";
    if (match.index > from) parts.push({ text: text.slice(from, match.index), key: null, empty: false });
    const value = values[key] ?? "";
    const title = fields.find((field) => field.key === key)?.title ?? match[0];
    parts.push({ text: value === "" ? title : value, key, empty: value === "" });
    from = match.index + match[0].length;
  }
  if (from < text.length) parts.push({ text: text.slice(from), key: null, empty: false });
  return parts;
}

/** The text with what is filled in so far; dots stand for what is not. */
export function filledIn(text: string, values: Filled): string {
  return text.replace(PLACEHOLDER, (_whole, key: string) => values[key] || "…");
}

/** Says what is wrong with a field's value, or null. Files are checked where they are chosen. */
export function wrongWith(field: TemplateField, value: string): "empty" | "long" | "place" | null {
  if (isFile(field)) return null;
  if (value.trim() === "") return "empty";
  if (field.max_length !== null && Array.from(value).length > field.max_length) return "long";
  return field.kind === "location" && !inRange(value) ? "place" : null;
}

function inRange(value: string): boolean {
  if (!PLACE.test(value)) return false;
  const [latitude = 0, longitude = 0] = value.split(",").map(Number);
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
}

/** A language in the reader's words: `en_US` becomes "English (United States)"; what nobody knows stays as it is. */
export function languageName(code: string, locale: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: "language" }).of(code.replaceAll("_", "-")) ?? code;
  } catch {
    return code;
  }
}
