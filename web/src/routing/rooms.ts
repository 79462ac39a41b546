/** How many open conversations an agent has room for, by kind of channel. Pure. */
import type { Connector } from "../api/types";

/** Stands for every kind that is not named, as in hub/domain/routing.py. */
export const KIND_OF_OTHERS = "";

/** The room with one kind's changed; null takes it out, so that the room of all others holds for it. */
export function withRoom(
  capacity: Readonly<Record<string, number>>,
  kind: string,
  room: number | null,
): Record<string, number> {
  const others = Object.entries(capacity).filter(([one]) => one !== kind);
  return Object.fromEntries(room === null ? others : [...others, [kind, room]]);
}

/** Each kind once, under the names of what connects it, in the order of a language's alphabet. */
export function namesOfKinds(
  kinds: readonly string[],
  connectors: readonly Pick<Connector, "kind" | "title">[],
  language: string,
): { kind: string; name: string }[] {
  return [...new Set(kinds)]
    .filter((kind) => kind !== KIND_OF_OTHERS)
    .map((kind) => ({
      kind,
      name:
        connectors
          .filter((connector) => connector.kind === kind)
          .map((connector) => connector.title)
          .join(", ") || kind,
    }))
    .toSorted((one, other) => one.name.localeCompare(other.name, language));
}
