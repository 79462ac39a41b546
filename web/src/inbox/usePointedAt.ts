/** Goes to the entry an address points at (`#entry-…`), reading older pages until it is there, and marks it. */
import { useLocation } from "@tanstack/react-router";
import { type RefObject, useEffect, useRef } from "react";

const PAGES_AT_MOST = 60;

interface Pages {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
  data?: { pages: readonly unknown[] } | undefined;
}

export function usePointedAt(box: RefObject<HTMLElement | null>, thread: Pages, arrived: () => void): void {
  const wanted = useLocation({ select: ({ hash }) => (hash.startsWith("entry-") ? hash.slice(6) : "") });
  const reached = useRef("");
  const { hasNextPage, isFetchingNextPage, fetchNextPage, data } = thread;
  const pages = data?.pages.length ?? 0;
  useEffect(() => {
    if (wanted === "") reached.current = "";
    if (wanted === reached.current) return;
    const found = box.current?.querySelector<HTMLElement>(`[data-entries~="${CSS.escape(wanted)}"]`);
    if (!found) {
      if (hasNextPage && !isFetchingNextPage && pages < PAGES_AT_MOST) fetchNextPage();
      return;
    }
    reached.current = wanted;
    for (const marked of box.current?.querySelectorAll<HTMLElement>("[data-pointed]") ?? [])
      delete marked.dataset.pointed;
    arrived();
    found.dataset.pointed = "";
    found.tabIndex = -1;
    found.focus({ preventScroll: true });
    found.scrollIntoView({ block: "center" });
  }, [wanted, pages, hasNextPage, isFetchingNextPage, fetchNextPage, box, arrived]);
}
