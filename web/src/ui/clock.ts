/** One timer for every live clock on the screen; a component draws again only when its own words change. */
import { useSyncExternalStore } from "react";

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now = Date.now();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === undefined) now = Date.now();
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** Returns `words(now)`, kept up to date every second. `words` gives the same string while nothing shows differently. */
export function useLive<T extends string | number | boolean>(words: (now: number) => T): T {
  return useSyncExternalStore(subscribe, () => words(timer === undefined ? Date.now() : now));
}
