/** What the screens of saved replies read. */
import { queryOptions } from "@tanstack/react-query";
import { body, client } from "../api/client";
import type { components } from "../api/schema";
import type { ConversationRow } from "../api/types";

export type SavedReply = components["schemas"]["SavedReply"];
export type FilledReply = components["schemas"]["FilledReply"];

export const savedKey = ["saved-replies"] as const;

export const savedQuery = queryOptions({
  queryKey: [...savedKey, "all"] as const,
  queryFn: ({ signal }) => body(client.GET("/saved-replies", { signal })),
});

/** Those that fit a conversation, filled in; by all that they are filled in with. */
export const fittingQuery = (row: ConversationRow, language: string | null) =>
  queryOptions({
    queryKey: [...savedKey, "fitting", row.id, row.team_id, row.contact_name, language] as const,
    queryFn: ({ signal }) =>
      body(
        client.GET("/conversations/{conversation_id}/saved-replies", {
          params: { path: { conversation_id: row.id }, query: language === null ? {} : { language } },
          signal,
        }),
      ),
    staleTime: 30_000,
  });
