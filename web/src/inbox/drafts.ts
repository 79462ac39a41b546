/** Keeps what is being written on the server, a moment after the last key. */
import { useEffect, useState } from "react";
import { body, client } from "../api/client";
import { addresses, type Writing } from "./composerStore";

const AFTER = 800;

export interface DraftBody {
  text: string;
  note: boolean;
  attachment_ids: string[];
  reply_to_id: string | null;
  cc: string[];
  assistant_call_id: string | null;
}

export function draftOf(writing: Writing): DraftBody {
  return {
    text: writing.text,
    note: writing.note,
    attachment_ids: writing.files.flatMap((file) => (file.view === null ? [] : [file.view.id])),
    reply_to_id: writing.replyTo?.id ?? null,
    cc: addresses(writing.cc),
    assistant_call_id: writing.assistantCall,
  };
}

/** Saves drafts one after the other, the newest always last; `save` is the request. */
export class DraftKeeper {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private waiting: DraftBody | null = null;
  private saved: string;
  private busy: Promise<void> = Promise.resolve();
  private readonly save: (draft: DraftBody) => Promise<unknown>;

  constructor(save: (draft: DraftBody) => Promise<unknown>, initial: DraftBody) {
    this.save = save;
    this.saved = JSON.stringify(initial);
  }

  /** Remembers the newest wording and saves it soon. */
  note(draft: DraftBody): void {
    clearTimeout(this.timer);
    if (JSON.stringify(draft) === this.saved) {
      this.waiting = null;
      return;
    }
    this.waiting = draft;
    this.timer = setTimeout(() => void this.flush(), AFTER);
  }

  /** Saves at once what waits: the person goes elsewhere. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    const draft = this.waiting;
    this.waiting = null;
    if (draft === null) return this.busy;
    this.saved = JSON.stringify(draft);
    this.busy = this.busy
      .then(() => this.save(draft))
      .then(
        () => undefined,
        () => {
          // Not kept: the next key tries again. The words are still on the screen.
          this.saved = "";
        },
      );
    return this.busy;
  }

  /** Forgets what waits: the message went out, and the server dropped the draft with it. */
  sent(empty: DraftBody): void {
    clearTimeout(this.timer);
    this.waiting = null;
    this.saved = JSON.stringify(empty);
  }
}

export function useDraft(conversationId: string, writing: Writing): DraftKeeper {
  const [kept] = useState(
    () =>
      new DraftKeeper((draft) => {
        const params = { path: { conversation_id: conversationId } };
        const empty = draft.text.trim() === "" && draft.attachment_ids.length === 0;
        return empty
          ? body(client.DELETE("/conversations/{conversation_id}/draft", { params }))
          : body(client.PUT("/conversations/{conversation_id}/draft", { params, body: draft }));
      }, draftOf(writing)),
  );
  useEffect(() => kept.note(draftOf(writing)), [kept, writing]);
  useEffect(() => () => void kept.flush(), [kept]);
  return kept;
}
