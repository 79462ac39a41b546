/** Sending: the message is on the screen at once; if it does not reach the hub, it says so and can be sent again. */
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { create } from "zustand";
import { isTold, type Pages, patchConversation, patchInteraction } from "../api/cache";
import { body, client } from "../api/client";
import { useSession } from "../api/hooks";
import { newId } from "../api/ids";
import { ApiError, inWords } from "../api/problem";
import { keys } from "../api/queries";
import type { Attachment, ConversationRow, Interaction, Session } from "../api/types";
import { t } from "../i18n";
import { toast } from "../ui/toast";
import { addresses, useComposer, type Writing } from "./composerStore";

interface Unsent {
  reason: string;
  again: () => void;
  discard: () => void;
}

interface OutgoingState {
  unsent: Readonly<Record<string, Unsent>>;
}

/** Messages on this screen that the hub does not have. */
export const useOutgoing = create<OutgoingState>()(() => ({ unsent: {} }));

function setUnsent(id: string, entry: Unsent | null): void {
  useOutgoing.setState((state) => {
    const { [id]: _gone, ...rest } = state.unsent;
    return { unsent: entry === null ? rest : { ...rest, [id]: entry } };
  });
}

/** Builds the entry shown until the hub answers; its id is the real one. */
export function optimistic(
  id: string,
  row: ConversationRow,
  session: Session,
  writing: Writing,
  now: Date,
): Interaction {
  const at = now.toISOString();
  const files: Attachment[] = writing.files.flatMap((file) => file.view ?? []);
  return {
    id,
    conversation_id: row.id,
    channel_id: row.channel_id,
    direction: writing.note ? "internal" : "outbound",
    author_kind: "agent",
    author_id: session.user.id,
    author_name: session.user.name,
    kind: writing.note ? "note" : "message",
    content: "text",
    occurred_at: at,
    received_at: at,
    subject: "",
    text: writing.text,
    has_html: false,
    data: {},
    attachments: files,
    reactions: [],
    reply_to: writing.replyTo,
    album: null,
    edited_at: null,
    deleted_at: null,
    journal_seq: null,
    recovered: false,
    demo: false,
    delivery: writing.note
      ? null
      : { id: "", state: "queued", attempt: 0, next_at: null, code: "", reason: "", state_at: at },
  };
}

function removeEntry(queries: QueryClient, conversationId: string, id: string): void {
  queries.setQueryData<Pages<Interaction>>(
    keys.thread(conversationId),
    (thread) =>
      thread && {
        ...thread,
        pages: thread.pages.map((page) => ({ ...page, items: page.items.filter((item) => item.id !== id) })),
      },
  );
}

/** Returns `send(writing, resolve)`: shows the message, hands it to the hub, and tells apart "refused" from "not reached". */
export function useSend(row: ConversationRow): (writing: Writing, resolve: boolean) => void {
  const queries = useQueryClient();
  const session = useSession();
  const change = useComposer((state) => state.change);

  const request = (id: string, writing: Writing, resolve: boolean) => {
    const params = { path: { conversation_id: row.id } };
    const attachment_ids = writing.files.flatMap((file) => (file.view === null ? [] : [file.view.id]));
    if (writing.note)
      return body(
        client.POST("/conversations/{conversation_id}/notes", {
          params,
          body: { id, text: writing.text, attachment_ids, assistant_call_id: writing.assistantCall },
        }),
      );
    const cc = addresses(writing.cc);
    return body(
      client.POST("/conversations/{conversation_id}/replies", {
        params,
        body: {
          id,
          text: writing.text,
          attachment_ids,
          resolve,
          assistant_call_id: writing.assistantCall,
          ...(writing.replyTo === null ? {} : { reply_to_id: writing.replyTo.id }),
          ...(cc.length === 0 ? {} : { cc }),
        },
      }),
    );
  };

  const attempt = (id: string, writing: Writing, resolve: boolean): void => {
    setUnsent(id, null);
    request(id, writing, resolve).then(
      (saved) => {
        // A live frame may have overtaken this answer, and says more: that it is sent, or that it failed.
        if (!isTold(queries, saved)) patchInteraction(queries, saved, row.contact_id);
      },
      (error: unknown) => {
        const refused = error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429;
        if (refused) {
          // The channel cannot carry it: back into the composer, with the reason.
          removeEntry(queries, row.id, id);
          change(row.id, writing);
          toast.failure(t("composer.refused"), inWords(error));
          return;
        }
        setUnsent(id, {
          reason: inWords(error),
          again: () => attempt(id, writing, resolve),
          discard: () => {
            setUnsent(id, null);
            removeEntry(queries, row.id, id);
          },
        });
      },
    );
  };

  return (writing, resolve) => {
    const id = newId();
    const entry = optimistic(id, row, session, writing, new Date());
    patchInteraction(queries, entry, row.contact_id);
    if (!writing.note)
      patchConversation(
        queries,
        {
          ...row,
          waiting_since: null,
          last_at: entry.occurred_at,
          last_preview: writing.text,
          last_author: "agent",
          failed: false,
          unread: false,
          state: resolve ? "resolved" : row.state === "resolved" ? "open" : row.state,
        },
        session.user.id,
      );
    attempt(id, writing, resolve);
  };
}
