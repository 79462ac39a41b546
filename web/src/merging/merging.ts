/** Making conversations one, and taking that back. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { body, client } from "../api/client";
import { inWords } from "../api/problem";
import { keys } from "../api/queries";
import { t } from "../i18n";
import { toast } from "../ui/toast";

/** All that shows other entries or rows after a merge. */
function useRefresh() {
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ["thread"] }),
      queries.invalidateQueries({ queryKey: ["merges"] }),
      queries.invalidateQueries({ queryKey: ["conversation"] }),
      queries.invalidateQueries({ queryKey: keys.conversations }),
      queries.invalidateQueries({ queryKey: keys.counts }),
      queries.invalidateQueries({ queryKey: ["contact"] }),
    ]);
}

export function useUndoMerge() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (mergeId: string) =>
      body(client.POST("/conversation-merges/{merge_id}/undo", { params: { path: { merge_id: mergeId } } })),
    onSuccess: async () => {
      await refresh();
      toast.done(t("merging.undone"));
    },
    onError: (error) => toast.failure(t("merging.notUndone"), inWords(error)),
  });
}

export function useMergeConversation(conversationId: string) {
  const refresh = useRefresh();
  const undo = useUndoMerge();
  return useMutation({
    mutationFn: (merge: { other_id: string; reason: string }) =>
      body(
        client.POST("/conversations/{conversation_id}/merge", {
          params: { path: { conversation_id: conversationId } },
          body: merge,
        }),
      ),
    onSuccess: async ({ merge }) => {
      await refresh();
      toast.undoable(t("merging.merged"), t("merging.undo"), () => undo.mutate(merge.id));
    },
  });
}
