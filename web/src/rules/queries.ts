/** What the screens of rules read and send. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { body, client } from "../api/client";
import type { components } from "../api/schema";
import type { Rule, RuleBody } from "./rules";

export type Tried = components["schemas"]["Tried"];
export type Run = components["schemas"]["WorkRuleRunView"];

export const rulesKey = ["rules"] as const;

export const rulesQuery = queryOptions({
  queryKey: [...rulesKey, "all"] as const,
  // The body is a document to the API; docs/rules.md and its schema say what is in it.
  queryFn: async ({ signal }) => (await body(client.GET("/rules", { signal }))) as unknown as readonly Rule[],
});

export const versionsQuery = (id: string) =>
  queryOptions({
    queryKey: [...rulesKey, id, "versions"] as const,
    queryFn: ({ signal }) =>
      body(client.GET("/rules/{rule_id}/versions", { params: { path: { rule_id: id } }, signal })),
  });

export const logQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: [...rulesKey, id, "log"] as const,
    queryFn: ({ pageParam, signal }) =>
      body(
        client.GET("/rules/{rule_id}/log", {
          params: { path: { rule_id: id }, query: pageParam === "" ? {} : { cursor: pageParam } },
          signal,
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (page) => page.next,
  });

/** A rule's body as the API takes documents. */
export const sent = (rule: RuleBody) => rule as unknown as components["schemas"]["NewWorkRule"]["body"];
