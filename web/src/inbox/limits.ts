/** Does a message fit its channel? The same rules as hub/domain/sending.py, asked before anything is sent. Pure. */
import type { Capabilities } from "../api/types";

/** Returns the length of a text as the channel counts it. */
export function textLength(text: string, unit: string): number {
  if (unit === "utf16") return text.length;
  if (unit === "bytes") return new TextEncoder().encode(text).length;
  return Array.from(text).length;
}

/** Tells whether a media type is among the accepted, where `image/*` accepts a family. */
export function mediaTypeFits(mediaType: string, accepted: readonly string[]): boolean {
  const family = mediaType.split("/")[0] ?? "";
  return accepted.some((rule) => rule === "*/*" || rule === mediaType || rule === `${family}/*`);
}

export type Misfit =
  { why: "type"; type: string } | { why: "size"; max: number } | { why: "count"; max: number } | { why: "noFiles" };

/** Says why a file cannot go, or null if it can. `others` is how many are there already. */
export function fileMisfit(
  file: { type: string; size: number },
  others: number,
  capabilities: Capabilities,
): Misfit | null {
  const rule = capabilities.media;
  if (rule === null) return { why: "noFiles" };
  if (others >= rule.max_count) return { why: "count", max: rule.max_count };
  const type = file.type === "" ? "application/octet-stream" : file.type;
  if (!mediaTypeFits(type, rule.types)) return { why: "type", type };
  return file.size > rule.max_bytes ? { why: "size", max: rule.max_bytes } : null;
}

const NEAR = 0.8;

/** How many characters are left, once that matters; null while there is room enough. */
export function charactersLeft(text: string, capabilities: Capabilities): number | null {
  const limit = capabilities.text_limit;
  if (limit === null) return null;
  const length = textLength(text, capabilities.text_unit);
  return length < limit * NEAR ? null : limit - length;
}
