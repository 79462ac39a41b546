/** What the screens of macros read. */
import { queryOptions } from "@tanstack/react-query";
import { body, client } from "../api/client";
import type { components } from "../api/schema";

export type Macro = components["schemas"]["MacroView"];
export type MacroStep = components["schemas"]["MacroStep"];

export const macrosKey = ["macros"] as const;

export const macrosQuery = queryOptions({
  queryKey: [...macrosKey, "all"] as const,
  queryFn: ({ signal }) => body(client.GET("/macros", { signal })),
});

export const fittingMacrosQuery = (conversationId: string) =>
  queryOptions({
    queryKey: [...macrosKey, "fitting", conversationId] as const,
    queryFn: ({ signal }) =>
      body(
        client.GET("/conversations/{conversation_id}/macros", {
          params: { path: { conversation_id: conversationId } },
          signal,
        }),
      ),
  });

/** What a macro would do there, as the conversation stands now. */
export const previewQuery = (conversationId: string, macroId: string) =>
  queryOptions({
    queryKey: [...macrosKey, "preview", conversationId, macroId] as const,
    queryFn: ({ signal }) =>
      body(
        client.GET("/conversations/{conversation_id}/macros/{macro_id}", {
          params: { path: { conversation_id: conversationId, macro_id: macroId } },
          signal,
        }),
      ),
    staleTime: 0,
    gcTime: 0,
  });
