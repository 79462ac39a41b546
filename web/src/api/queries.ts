/** What the screens read: one query per record, keyed so that live changes find it. */
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { ApiError, body, client, setCsrf } from "./client";
import type { InboxFilter } from "./filter";
import type { Session } from "./types";

export const PAGE = 50;

export const keys = {
  session: ["session"] as const,
  conversations: ["conversations"] as const,
  counts: ["counts"] as const,
  conversation: (id: string) => ["conversation", id] as const,
  thread: (id: string) => ["thread", id] as const,
  contacts: ["contacts"] as const,
  contact: (id: string) => ["contact", id] as const,
  channels: ["channels"] as const,
  users: ["users"] as const,
  teams: ["teams"] as const,
};

async function readSession(): Promise<Session | null> {
  try {
    const session = await body(client.GET("/session"));
    setCsrf(session.csrf);
    return session;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null;
    throw error;
  }
}

/** The logged-in person, or null. */
export const sessionQuery = queryOptions({ queryKey: keys.session, queryFn: readSession, staleTime: Infinity });

export function conversationsQuery(filter: InboxFilter) {
  return infiniteQueryOptions({
    queryKey: [...keys.conversations, filter] as const,
    queryFn: ({ pageParam, signal }) =>
      body(
        client.GET("/conversations", {
          params: { query: { ...filter, limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    staleTime: Infinity,
  });
}

export const countsQuery = queryOptions({
  queryKey: keys.counts,
  queryFn: ({ signal }) => body(client.GET("/conversations/counts", { signal })),
  staleTime: Infinity,
});

export function conversationQuery(id: string) {
  return queryOptions({
    queryKey: keys.conversation(id),
    queryFn: ({ signal }) =>
      body(client.GET("/conversations/{conversation_id}", { params: { path: { conversation_id: id } }, signal })),
    staleTime: Infinity,
  });
}

/** The entries of a conversation: the first page is the newest, each page in order of time. */
export function threadQuery(id: string) {
  return infiniteQueryOptions({
    queryKey: keys.thread(id),
    queryFn: ({ pageParam, signal }) =>
      body(
        client.GET("/conversations/{conversation_id}/interactions", {
          params: {
            path: { conversation_id: id },
            query: { limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    staleTime: Infinity,
  });
}

export function contactsQuery(search: string) {
  return infiniteQueryOptions({
    queryKey: [...keys.contacts, search] as const,
    queryFn: ({ pageParam, signal }) =>
      body(
        client.GET("/contacts", {
          params: {
            query: {
              limit: PAGE,
              ...(search === "" ? {} : { search }),
              ...(pageParam === null ? {} : { cursor: pageParam }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
}

export function contactQuery(id: string) {
  return queryOptions({
    queryKey: keys.contact(id),
    queryFn: ({ signal }) =>
      body(client.GET("/contacts/{contact_id}", { params: { path: { contact_id: id } }, signal })),
    staleTime: Infinity,
  });
}

/** A contact's life across channels, newest page first, each page in order of time. */
export function timelineQuery(id: string, channels: readonly string[]) {
  return infiniteQueryOptions({
    queryKey: [...keys.contact(id), "timeline", channels] as const,
    queryFn: ({ pageParam, signal }) =>
      body(
        client.GET("/contacts/{contact_id}/timeline", {
          params: {
            path: { contact_id: id },
            query: { limit: PAGE, channel: [...channels], ...(pageParam === null ? {} : { cursor: pageParam }) },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    staleTime: Infinity,
  });
}

export function contactConversationsQuery(id: string) {
  return queryOptions({
    queryKey: [...keys.contact(id), "conversations"] as const,
    queryFn: ({ signal }) =>
      body(
        client.GET("/contacts/{contact_id}/conversations", {
          params: { path: { contact_id: id }, query: { limit: 20 } },
          signal,
        }),
      ),
  });
}

export function duplicatesQuery(id: string) {
  return queryOptions({
    queryKey: [...keys.contact(id), "duplicates"] as const,
    queryFn: ({ signal }) =>
      body(client.GET("/contacts/{contact_id}/duplicates", { params: { path: { contact_id: id } }, signal })),
  });
}

export function identityHistoryQuery(id: string) {
  return queryOptions({
    queryKey: [...keys.contact(id), "history"] as const,
    queryFn: ({ signal }) =>
      body(client.GET("/contacts/{contact_id}/history", { params: { path: { contact_id: id } }, signal })),
  });
}

export const channelsQuery = queryOptions({
  queryKey: keys.channels,
  queryFn: ({ signal }) => body(client.GET("/channels", { signal })),
  staleTime: Infinity,
});

export const connectorsQuery = queryOptions({
  queryKey: ["connectors"],
  queryFn: ({ signal }) => body(client.GET("/connectors", { signal })),
  staleTime: Infinity,
});

export const usersQuery = queryOptions({
  queryKey: keys.users,
  queryFn: ({ signal }) => body(client.GET("/users", { signal })),
  staleTime: Infinity,
});

export const teamsQuery = queryOptions({
  queryKey: keys.teams,
  queryFn: ({ signal }) => body(client.GET("/teams", { signal })),
  staleTime: Infinity,
});
