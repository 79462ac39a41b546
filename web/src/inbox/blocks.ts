/** A thread as what is drawn: days, the line of news, events, and messages with albums and runs of one author joined. Pure. */
import { inTime } from "../api/moments";
import type { Interaction } from "../api/types";

export type Block =
  | { kind: "day"; key: string; at: string }
  | { kind: "new"; key: string }
  | { kind: "event"; key: string; entry: Interaction }
  | { kind: "message"; key: string; entry: Interaction; album: Interaction[]; lead: boolean; tail: boolean };

const RUN = 5 * 60_000;

function sameDay(a: string, b: string): boolean {
  return new Date(a).toDateString() === new Date(b).toDateString();
}

export interface Day {
  key: string;
  at: string;
  blocks: Exclude<Block, { kind: "day" }>[];
}

/** Gathers blocks under their day, so that a day's name can stay at the top while its messages pass. */
export function daysOf(blocks: readonly Block[]): Day[] {
  const days: Day[] = [];
  for (const block of blocks) {
    if (block.kind === "day") days.push({ key: block.key, at: block.at, blocks: [] });
    else days.at(-1)?.blocks.push(block);
  }
  return days;
}

/** Tells whether one message continues the other: same author, same side, close in time. */
function continues(a: Interaction, b: Interaction): boolean {
  return (
    a.kind === b.kind &&
    a.content !== "mail" &&
    b.content !== "mail" &&
    a.direction === b.direction &&
    a.author_kind === b.author_kind &&
    a.author_id === b.author_id &&
    a.author_name === b.author_name &&
    Date.parse(b.occurred_at) - Date.parse(a.occurred_at) < RUN
  );
}

/** Returns the blocks of a thread, oldest first. `firstNew` is the entry above which the line of news is drawn. */
export function blocksOf(entries: readonly Interaction[], firstNew: string | null): Block[] {
  const blocks: Block[] = [];
  let previous: Interaction | undefined;
  for (const entry of entries) {
    if (previous === undefined || !sameDay(previous.occurred_at, entry.occurred_at))
      blocks.push({ kind: "day", key: `day ${entry.occurred_at.slice(0, 10)} ${entry.id}`, at: entry.occurred_at });
    if (entry.id === firstNew) blocks.push({ kind: "new", key: "new" });
    addEntry(blocks, entry);
    previous = entry;
  }
  return blocks;
}

function addEntry(blocks: Block[], entry: Interaction): void {
  if (entry.kind === "event") {
    blocks.push({ kind: "event", key: entry.id, entry });
    return;
  }
  const last = blocks.at(-1);
  const run = last?.kind === "message" && continues(last.album.at(-1) ?? last.entry, entry);
  if (
    last?.kind === "message" &&
    run &&
    entry.album !== null &&
    entry.album === last.entry.album &&
    entry.deleted_at === null
  ) {
    last.album.push(entry);
    return;
  }
  if (last?.kind === "message" && run) last.tail = false;
  blocks.push({ kind: "message", key: entry.id, entry, album: [entry], lead: !run, tail: true });
}

/**
 * Returns the entry that was the first this person has not seen, or null.
 * `seenAt` is when they last looked; without it, everything after our last word counts as new.
 */
export function firstUnseen(entries: readonly Interaction[], unread: boolean, seenAt: string | null): string | null {
  if (!unread) return null;
  const inbound = (entry: Interaction) => entry.direction === "inbound" && entry.kind !== "event";
  if (seenAt !== null)
    return entries.find((entry) => inbound(entry) && inTime(entry.received_at, seenAt) > 0)?.id ?? null;
  const ours = entries.findLastIndex((entry) => entry.direction === "outbound");
  return entries.slice(ours + 1).find(inbound)?.id ?? null;
}
