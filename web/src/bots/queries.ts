/** What the pages of bots read. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { body, client } from "../api/client";
import type { components } from "../api/schema";

type Schemas = components["schemas"];
export type FlowRow = Schemas["FlowRow"];
export type Flow = Schemas["FlowView"];
export type Rule = Schemas["RuleView"];
export type Shot = Schemas["ShotView"];

export const flowsQuery = queryOptions({
  queryKey: ["bots", "flows"],
  queryFn: ({ signal }) => body(client.GET("/bots/flows", { signal })),
});

export const flowQuery = (id: string) =>
  queryOptions({
    queryKey: ["bots", "flow", id],
    queryFn: ({ signal }) => body(client.GET("/bots/flows/{flow_id}", { params: { path: { flow_id: id } }, signal })),
  });

export const countsQuery = (id: string) =>
  queryOptions({
    queryKey: ["bots", "counts", id],
    queryFn: ({ signal }) =>
      body(client.GET("/bots/flows/{flow_id}/counts", { params: { path: { flow_id: id } }, signal })),
  });

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: ["bots", "versions", id],
    queryFn: ({ signal }) =>
      body(client.GET("/bots/flows/{flow_id}/versions", { params: { path: { flow_id: id } }, signal })),
  });

export const startersQuery = queryOptions({
  queryKey: ["bots", "starters"],
  queryFn: ({ signal }) => body(client.GET("/bots/starters", { signal })),
  staleTime: Infinity,
});

export const rulesQuery = queryOptions({
  queryKey: ["bots", "rules"],
  queryFn: ({ signal }) => body(client.GET("/bots/rules", { signal })),
});

/** Asked anew with every entry: a message from anywhere may have changed who speaks. */
export const speakerQuery = (conversationId: string, lastAt: string) =>
  queryOptions({
    queryKey: ["speaker", conversationId, lastAt],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      body(
        client.GET("/conversations/{conversation_id}/speaker", {
          params: { path: { conversation_id: conversationId } },
          signal,
        }),
      ),
  });
