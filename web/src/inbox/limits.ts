/** Does a message fit its channel? The same rules as hub/domain/sending.py, asked before anything is sent. Pure. */
import type { Capabilities, Channel, ContactPoint, MediaRule } from "../api/types";
import { splitText } from "./split";

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

/** How large a file of this type may be: the limit of the type counts before its family's. */
export const mostBytes = ({ sizes, max_bytes }: MediaRule, type: string): number =>
  sizes[type] ?? sizes[`${type.split("/")[0]}/*`] ?? max_bytes;

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
  const max = mostBytes(rule, type);
  return file.size > max ? { why: "size", max } : null;
}

/** What the hub makes of a recording: the channel's voice note, else a file everybody plays; null if neither can go. */
export const recordedAs = ({ voice, media }: Capabilities): string | null =>
  voice ?? (media !== null && mediaTypeFits("audio/mpeg", media.types) ? "audio/mpeg" : null);

const NEAR = 0.8;

export interface TextRoom {
  /** Characters that still fit, once that matters; negative beyond the end; null while there is room enough. */
  left: number | null;
  /** Into how many messages the hub will split it. */
  parts: number;
  /** It cannot go, whatever is split. */
  tooLong: boolean;
}

/** Says how a text fits: what is left of one message, and into how many it will be split. */
export function textRoom(text: string, capabilities: Capabilities): TextRoom {
  const { text_limit: limit, text_unit: unit, max_parts } = capabilities;
  if (limit === null) return { left: null, parts: 1, tooLong: false };
  const length = textLength(text, unit);
  if (length <= limit) return { left: length < limit * NEAR ? null : limit - length, parts: 1, tooLong: false };
  if (max_parts <= 1) return { left: limit - length, parts: 1, tooLong: true };
  const parts = splitText(text, limit, unit).length;
  return { left: null, parts, tooLong: parts > max_parts };
}

/** Tells whether free words cannot go now: the time to reply is over, or the customer never wrote here. */
export function windowOver(until: string | null, capabilities: Capabilities, now: number): boolean {
  if (until !== null) return Date.parse(until) <= now;
  return capabilities.reply_window !== null;
}

/** Tells whether a channel lets us write first: in our own words or with a template. */
export const canBegin = ({ enabled, capabilities }: Channel): boolean =>
  enabled && (capabilities.can_start || capabilities.templates);

/** Tells whether a channel can write first to this address: one it knows, or one of those it reaches. */
export function canWriteTo(point: ContactPoint, channel: Channel): boolean {
  if (!canBegin(channel) || point.blocked || point.opted_out) return false;
  const reached = channel.capabilities.reaches || channel.kind;
  return point.channel_ids.includes(channel.id) || point.namespace === reached;
}
