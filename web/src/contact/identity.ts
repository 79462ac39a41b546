/** Deciding who is who: merge, split, "never these two", and taking any of it back. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { body, client } from "../api/client";
import { inWords } from "../api/problem";
import { keys } from "../api/queries";
import { t } from "../i18n";
import { toast } from "../ui/toast";

/** Everything a change of identity may show differently: contacts, and the names in the lists. */
function useRefresh() {
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: ["contact"] }),
      queries.invalidateQueries({ queryKey: keys.contacts }),
      queries.invalidateQueries({ queryKey: keys.conversations }),
      queries.invalidateQueries({ queryKey: ["conversation"] }),
    ]);
}

export function useUndo() {
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (changeId: string) =>
      body(client.POST("/identity-changes/{change_id}/undo", { params: { path: { change_id: changeId } } })),
    onSuccess: async () => {
      await refresh();
      toast.done(t("identity.undone"));
    },
    onError: (error) => toast.failure(t("identity.notUndone"), inWords(error)),
  });
}

export function useMerge(contactId: string) {
  const refresh = useRefresh();
  const undo = useUndo();
  return useMutation({
    mutationFn: (merge: { other_id: string; reason: string; name?: string }) =>
      body(client.POST("/contacts/{contact_id}/merge", { params: { path: { contact_id: contactId } }, body: merge })),
    onSuccess: async ({ change, contact }) => {
      await refresh();
      toast.undoable(t("identity.merged", { name: contact.name }), t("identity.undo"), () => undo.mutate(change.id));
    },
  });
}

export function useSplit(contactId: string) {
  const refresh = useRefresh();
  const undo = useUndo();
  return useMutation({
    mutationFn: (split: { point_ids: string[]; reason: string; name?: string }) =>
      body(client.POST("/contacts/{contact_id}/split", { params: { path: { contact_id: contactId } }, body: split })),
    onSuccess: async ({ change }) => {
      await refresh();
      toast.undoable(t("identity.split"), t("identity.undo"), () => undo.mutate(change.id));
    },
  });
}

export function useNeverMerge(contactId: string) {
  const refresh = useRefresh();
  const undo = useUndo();
  return useMutation({
    mutationFn: (pair: { other_id: string; reason: string }) =>
      body(
        client.POST("/contacts/{contact_id}/never-merge", { params: { path: { contact_id: contactId } }, body: pair }),
      ),
    onSuccess: async ({ change }) => {
      await refresh();
      toast.undoable(t("identity.never"), t("identity.undo"), () => undo.mutate(change.id));
    },
    onError: (error) => toast.failure(t("identity.notSaved"), inWords(error)),
  });
}
