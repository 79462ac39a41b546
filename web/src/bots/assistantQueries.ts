/** What is read about the assistant: whether it helps now, its settings, its log. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { body, client } from "../api/client";
import type { components } from "../api/schema";

export type AssistantSettings = components["schemas"]["SettingsView"];
type Call = components["schemas"]["AssistantCall"];
/** The client widens pairs to lists: `prompt` is (role, text), line by line. */
export type AssistantCall = Omit<Call, "prompt"> & { prompt: string[][] };

export const assistantQuery = queryOptions({
  queryKey: ["assistant", "state"],
  queryFn: ({ signal }) => body(client.GET("/assistant", { signal })),
  staleTime: 60_000,
});

export const assistantSettingsQuery = queryOptions({
  queryKey: ["assistant", "settings"],
  queryFn: ({ signal }) => body(client.GET("/assistant/settings", { signal })),
});

export const callsQuery = infiniteQueryOptions({
  queryKey: ["assistant", "calls"],
  queryFn: ({ pageParam, signal }) =>
    body(
      client.GET("/assistant/calls", {
        params: { query: { limit: 20, ...(pageParam === null ? {} : { cursor: pageParam }) } },
        signal,
      }),
    ),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next,
});
