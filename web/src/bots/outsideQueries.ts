/** What the page of outside bots reads. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { body, client } from "../api/client";
import type { components } from "../api/schema";

export type OutsideBot = components["schemas"]["BotView"];
export type NewOutsideBot = components["schemas"]["NewBotView"];

export const outsideBotsQuery = queryOptions({
  queryKey: ["outside-bots"],
  queryFn: ({ signal }) => body(client.GET("/outside-bots", { signal })),
});

export const botEventsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ["outside-bots", id, "events"],
    queryFn: ({ pageParam, signal }) =>
      body(
        client.GET("/outside-bots/{bot_id}/events", {
          params: { path: { bot_id: id }, query: pageParam === null ? {} : { cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
