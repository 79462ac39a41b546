/** Which channels do not work: pure functions of what the hub says of them, and of now. */
import type { Channel } from "../api/types";
import { clock, daysBetween } from "../ui/time";

const TROUBLES = new Set(["disconnected", "bad_credentials", "unknown_error"] as const);
export type Trouble = typeof TROUBLES extends Set<infer State> ? State : never;
export type Troubled = Channel & { connection: { state: Trouble } };

/** How long a channel may be away before anybody is told, in ms: the hub mends most of it sooner. */
const PATIENCE = 10_000;

const isTroubled = (channel: Channel): channel is Troubled =>
  channel.enabled && (TROUBLES as Set<string>).has(channel.connection.state);

/** Returns the channels that are to be told of; `now` in ms, without it also those of which nobody shall be told yet. */
export function troubled(channels: readonly Channel[], now = Infinity): readonly Troubled[] {
  return channels
    .filter(isTroubled)
    .filter(({ connection }) => connection.state !== "disconnected" || now - Date.parse(connection.since) >= PATIENCE);
}

/** Names one trouble of one channel: the next one is another. */
export const nameOf = ({ id, connection }: Channel): string => `${id} ${connection.since}`;

/** Returns whether the hub goes on trying by itself with all of them. */
export const mendsItself = (channels: readonly Troubled[]): boolean =>
  channels.every(({ connection }) => connection.state === "disconnected");

/** When a trouble began: the time today, else with its day. */
export const beginning = (at: Date, now: Date, locale: string): string =>
  daysBetween(at, now) === 0
    ? clock(at, locale)
    : new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }).format(
        at,
      );
