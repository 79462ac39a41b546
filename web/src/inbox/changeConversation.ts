/** Changes of a conversation: shown at once, taken back in words if the server refuses. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { patchConversation } from "../api/cache";
import { body, client } from "../api/client";
import { useSession } from "../api/hooks";
import { inWords } from "../api/problem";
import { keys } from "../api/queries";
import type { ConversationRow, ConversationState, Priority } from "../api/types";
import { t } from "../i18n";
import { toast } from "../ui/toast";

export interface ConversationChange {
  state?: ConversationState;
  snoozed_until?: string | null;
  assignee_id?: string | null;
  team_id?: string | null;
  priority?: Priority;
  tags?: string[];
  subject?: string;
}

export function useChangeConversation(row: ConversationRow) {
  const queries = useQueryClient();
  const me = useSession().user.id;
  return useMutation({
    mutationFn: (change: ConversationChange) =>
      body(
        client.PATCH("/conversations/{conversation_id}", {
          params: { path: { conversation_id: row.id } },
          body: change,
        }),
      ),
    onMutate: (change) => {
      const state = change.state ?? (change.snoozed_until ? "snoozed" : row.state);
      patchConversation(queries, { ...row, ...change, state }, me);
      return row;
    },
    onSuccess: (saved) => {
      patchConversation(queries, { ...saved, unread: saved.unread ?? row.unread }, me);
      void queries.invalidateQueries({ queryKey: keys.counts });
    },
    onError: (error, _change, before) => {
      if (before !== undefined) patchConversation(queries, before, me);
      toast.failure(t("thread.notChanged"), inWords(error));
    },
  });
}
