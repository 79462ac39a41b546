/** What the address bar says of the inbox: the filter and the conversation on screen, and how to change them. */
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import { filterOf, type InboxFilter, searchOf } from "../api/filter";

export interface InboxPlace {
  filter: InboxFilter;
  conversationId: string | undefined;
  setFilter: (change: Partial<InboxFilter>) => void;
  open: (conversationId: string) => void;
  close: () => void;
}

export function useInbox(): InboxPlace {
  const search = useSearch({ from: "/inside/inbox" });
  const { conversationId } = useParams({ strict: false });
  const navigate = useNavigate();
  const filter = useMemo(() => filterOf(search), [search]);
  return {
    filter,
    conversationId,
    // Choosing a list keeps the conversation that is open: nobody loses what they are reading.
    setFilter: (change) => {
      const next = searchOf({ ...filter, ...change });
      void (conversationId === undefined
        ? navigate({ to: "/inbox", search: next })
        : navigate({ to: "/inbox/$conversationId", params: { conversationId }, search: next }));
    },
    open: (id) => void navigate({ to: "/inbox/$conversationId", params: { conversationId: id }, search }),
    close: () => void navigate({ to: "/inbox", search }),
  };
}
