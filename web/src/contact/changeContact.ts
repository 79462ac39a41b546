/** Changes of a contact, saved one by one. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { body, client } from "../api/client";
import { inWords } from "../api/problem";
import { keys } from "../api/queries";
import type { Contact } from "../api/types";
import { t } from "../i18n";
import { toast } from "../ui/toast";

export interface ContactChange {
  name?: string;
  company?: string;
  notes?: string;
  fields?: [string, string][];
}

export function useChangeContact(contact: Contact) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: ContactChange) =>
      body(client.PATCH("/contacts/{contact_id}", { params: { path: { contact_id: contact.id } }, body: change })),
    onSuccess: (saved) => queries.setQueryData(keys.contact(contact.id), saved),
    onError: (error) => toast.failure(t("contact.notSaved"), inWords(error)),
  });
}

export function useKeepContact(id: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => body(client.POST("/contacts/{contact_id}/keep", { params: { path: { contact_id: id } } })),
    onSuccess: (saved) => queries.setQueryData(keys.contact(id), saved),
    onError: (error) => toast.failure(t("contact.notSaved"), inWords(error)),
  });
}
