/** The live connection as the screens see it: its state, who is typing, who looks at the same conversation. */
import type { QueryClient } from "@tanstack/react-query";
import { create } from "zustand";
import { applyChanges, renamesRows } from "../api/cache";
import { Live, type LiveStatus } from "../api/live";
import { keys, sessionQuery } from "../api/queries";
import type { Call, CallPop, Changes, Typing, Viewer } from "../api/types";
import { alertOf } from "./alerts";

interface LiveState {
  status: LiveStatus;
  typing: readonly Typing[];
  viewers: Readonly<Record<string, readonly Viewer[]>>;
  looking: string | null;
  /** Telephone calls that are not over. */
  calls: readonly Call[];
  /** What is known of callers who ring somebody now. */
  pops: readonly CallPop[];
}

export const useLiveState = create<LiveState>()(() => ({
  status: "connecting",
  typing: [],
  viewers: {},
  looking: null,
  calls: [],
  pops: [],
}));

const KEPT_FOR = 30_000;
const COUNTS_AFTER = 400;
const RELIST_AFTER = 1500;
let live: Live | null = null;

/** Frames that came while something was being fetched: the answer may be older than they are, so they are applied again. */
class Overlap {
  private frames: { at: number; changes: Changes }[] = [];
  private readonly began = new Map<string, number>();

  add(changes: Changes): void {
    const now = Date.now();
    this.frames = [...this.frames.filter((frame) => now - frame.at < KEPT_FOR), { at: now, changes }];
  }

  begin(hash: string): void {
    this.began.set(hash, Date.now());
  }

  end(hash: string): readonly Changes[] {
    const from = this.began.get(hash);
    this.began.delete(hash);
    return from === undefined ? [] : this.frames.filter((frame) => frame.at >= from).map((frame) => frame.changes);
  }
}

/** Connects and keeps the caches fresh until the returned function is called. */
export function goLive(client: QueryClient): () => void {
  const overlap = new Overlap();
  const me = () => client.getQueryData(sessionQuery.queryKey)?.user.id ?? "";
  const looking = () => useLiveState.getState().looking;
  let counting: ReturnType<typeof setTimeout> | undefined;
  let everLive = false;

  const apply = (changes: Changes) => applyChanges(client, changes, me(), looking());
  const recount = () => {
    counting ??= setTimeout(() => {
      counting = undefined;
      void client.invalidateQueries({ queryKey: keys.counts });
    }, COUNTS_AFTER);
  };

  let relisting: ReturnType<typeof setTimeout> | undefined;
  const relist = () => {
    relisting ??= setTimeout(() => {
      relisting = undefined;
      void client.invalidateQueries({ queryKey: keys.conversations });
      void client.invalidateQueries({ queryKey: ["conversation"] });
    }, RELIST_AFTER);
  };

  const unsubscribe = client.getQueryCache().subscribe((event) => {
    if (event.type !== "updated") return;
    if (event.action.type === "fetch") overlap.begin(event.query.queryHash);
    // After the frame: patching inside the cache's own notification would be lost in it.
    if (event.action.type === "success" && event.action.manual !== true)
      for (const missed of overlap.end(event.query.queryHash)) queueMicrotask(() => apply(missed));
  });

  const socketUrl = `${location.origin.replace(/^http/, "ws")}/api/v1/live`;
  live = new Live(
    { url: socketUrl },
    {
      onChanges(changes) {
        overlap.add(changes);
        if (renamesRows(client, changes)) relist();
        const fresh = apply(changes);
        if (changes.conversations.length > 0) recount();
        if (changes.ledger) void client.invalidateQueries({ queryKey: ["ledger"] });
        telephone(client, changes);
        forgetTyping(fresh.map((entry) => entry.conversation_id));
        alertOf(client, fresh, me(), looking());
      },
      onTyping(typing) {
        useLiveState.setState((state) => ({
          typing: [
            ...state.typing.filter(
              (item) => item.conversation_id !== typing.conversation_id || item.name !== typing.name,
            ),
            typing,
          ],
        }));
      },
      onPresence(conversationId, users) {
        useLiveState.setState((state) => ({ viewers: { ...state.viewers, [conversationId]: users } }));
      },
      onResync() {
        void client.invalidateQueries();
      },
      onStatus(status) {
        useLiveState.setState({ status });
        if (status !== "live" || everLive) return;
        everLive = true;
        // What was read before the socket stood may have missed a change in between.
        void client.invalidateQueries({
          predicate: (query) => query.queryKey[0] !== "session" && query.state.dataUpdatedAt > 0,
        });
      },
    },
  );
  live.start();
  const hurry = () => live?.hurry();
  window.addEventListener("online", hurry);
  document.addEventListener("visibilitychange", hurry);
  return () => {
    window.removeEventListener("online", hurry);
    document.removeEventListener("visibilitychange", hurry);
    unsubscribe();
    clearTimeout(counting);
    clearTimeout(relisting);
    live?.stop();
    live = null;
  };
}

/** Calls that rang, were answered or ended, and all that is read of them. */
function telephone(client: QueryClient, { calls, pops, debts, presence, recordings, reviews, lines }: Changes): void {
  if (calls.length > 0) {
    const changed = new Set(calls.map((call) => call.id));
    const alive = calls.filter((call) => call.state !== "ended");
    useLiveState.setState((state) => {
      const known = [...state.pops.filter((pop) => !pops.some((newer) => newer.call.id === pop.call.id)), ...pops];
      return {
        calls: [...state.calls.filter((call) => !changed.has(call.id)), ...alive],
        // A caller rings somebody as long as the call says so.
        pops: known.flatMap((pop) => {
          const call = calls.find((one) => one.id === pop.call.id) ?? pop.call;
          return call.state === "ended" || call.answered_at !== null ? [] : [{ ...pop, call }];
        }),
      };
    });
  }
  const stale = {
    calls: calls.length > 0 || recordings.length > 0 || reviews.length > 0,
    debts: debts.length > 0,
    presence: presence.length > 0,
    lines,
  };
  for (const [key, changed] of Object.entries(stale)) if (changed) void client.invalidateQueries({ queryKey: [key] });
}

function forgetTyping(conversations: readonly string[]): void {
  if (conversations.length === 0) return;
  useLiveState.setState((state) => ({
    typing: state.typing.filter((item) => !(item.who === "contact" && conversations.includes(item.conversation_id))),
  }));
}

export function hurryLive(): void {
  live?.hurry();
}

/** Says which conversation is on this screen, and whether an answer is being written. */
export function look(conversationId: string | null, replying: boolean): void {
  useLiveState.setState({ looking: conversationId });
  live?.view(conversationId, replying);
}
