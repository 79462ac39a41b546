/** What is printed is printed light: paper has no dark mode, and browsers leave the dark ground away but not the light words. */
import { useLayoutEffect, useSyncExternalStore } from "react";

const SCHEME = "data-mantine-color-scheme";
const paper = matchMedia("print");

function listen(told: () => void): () => void {
  paper.addEventListener("change", told);
  return () => paper.removeEventListener("change", told);
}

/** Whether the page is being printed. */
export const usePaper = (): boolean => useSyncExternalStore(listen, () => paper.matches);

/** Lends the page the light colours while it is printed. */
export function useLightPaper(): void {
  const printed = usePaper();
  useLayoutEffect(() => {
    const root = document.documentElement;
    const chosen = root.getAttribute(SCHEME);
    if (!printed || chosen === null) return;
    root.setAttribute(SCHEME, "light");
    return () => root.setAttribute(SCHEME, chosen);
  }, [printed]);
}
