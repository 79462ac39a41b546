/** What is printed is printed light: paper has no dark mode, and browsers leave the dark ground away but not the light words. */
import { useLayoutEffect, useSyncExternalStore } from "react";

const SCHEME = "data-mantine-color-scheme";
const paper = matchMedia("print");
const listeners = new Set<() => void>();
// Kept, not asked for while drawing: who asks a query what it matches takes its next change event away.
let printed = paper.matches;
paper.addEventListener("change", ({ matches }) => {
  printed = matches;
  for (const told of listeners) told();
});

function listen(told: () => void): () => void {
  listeners.add(told);
  return () => listeners.delete(told);
}

/** Whether the page is being printed. */
export const usePaper = (): boolean => useSyncExternalStore(listen, () => printed);

/** Lends the page the light colours while it is printed. */
export function useLightPaper(): void {
  const onPaper = usePaper();
  useLayoutEffect(() => {
    const root = document.documentElement;
    const chosen = root.getAttribute(SCHEME);
    if (!onPaper || chosen === null) return;
    root.setAttribute(SCHEME, "light");
    return () => root.setAttribute(SCHEME, chosen);
  }, [onPaper]);
}
