/** What the pages of the lines read. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { body, client } from "../api/client";
import type { components } from "../api/schema";
import type { Plan } from "./plan";

export type Line = components["schemas"]["LineView"];
export type LineVersion = components["schemas"]["LineVersionView"];
export type DialRules = components["schemas"]["DialRulesView"];

export const versionsQuery = (lineId: string) =>
  queryOptions({
    queryKey: ["lines", lineId, "versions"],
    queryFn: ({ signal }) =>
      body(client.GET("/lines/{line_id}/versions", { signal, params: { path: { line_id: lineId } } })),
  });

export const dialRulesQuery = queryOptions({
  queryKey: ["dialling"],
  queryFn: ({ signal }) => body(client.GET("/dialling", { signal })),
});

/** The plan as the API takes it. */
export const asJson = (plan: Plan): Record<string, unknown> => ({ ...plan });

export const checkQuery = (plan: Plan) =>
  queryOptions({
    queryKey: ["call-plans", "check", plan],
    queryFn: ({ signal }) => body(client.POST("/call-plans/check", { signal, body: { plan: asJson(plan) } })),
    placeholderData: keepPreviousData,
    gcTime: 0,
    retry: false,
  });
