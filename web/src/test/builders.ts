/** Records for tests: sensible by themselves, each test changes what it is about. */
import type { Capabilities, ConversationRow, Interaction } from "../api/types";

export const ME = "11111111-0000-7000-8000-000000000001";

export function aRow(change: Partial<ConversationRow> = {}): ConversationRow {
  return {
    id: "c1",
    channel_id: "ch1",
    contact_id: "k1",
    contact_name: "Olivia Martin",
    portrait_id: null,
    contact_point_id: "p1",
    address: "olivia@example.com",
    subject: "",
    state: "open",
    snoozed_until: null,
    assignee_id: null,
    team_id: null,
    priority: "normal",
    tags: [],
    group: false,
    created_at: "2026-11-22T08:00:00.000Z",
    last_at: "2026-11-22T09:00:00.000Z",
    last_preview: "Hello",
    last_author: "contact",
    waiting_since: "2026-11-22T09:00:00.000Z",
    unread: false,
    failed: false,
    reopen_count: 0,
    related_id: null,
    related_reason: "",
    merged_into_id: null,
    due_at: null,
    due_metric: null,
    speaker: "nobody",
    due_warn_at: null,
    demo: false,
    ...change,
  };
}

export function anEntry(change: Partial<Interaction> = {}): Interaction {
  const at = change.occurred_at ?? "2026-11-22T09:00:00.000Z";
  return {
    id: "i1",
    conversation_id: "c1",
    channel_id: "ch1",
    direction: "inbound",
    author_kind: "contact",
    author_id: null,
    author_name: "Olivia Martin",
    kind: "message",
    content: "text",
    occurred_at: at,
    received_at: at,
    subject: "",
    text: "Hello",
    has_html: false,
    data: {},
    attachments: [],
    reactions: [],
    reply_to: null,
    album: null,
    edited_at: null,
    deleted_at: null,
    delivery: null,
    journal_seq: 1,
    recovered: false,
    demo: false,
    ...change,
  };
}

/** An entry of ours: outbound, by an agent. */
export function aReply(change: Partial<Interaction> = {}): Interaction {
  return anEntry({
    direction: "outbound",
    author_kind: "agent",
    author_id: ME,
    author_name: "Ann",
    journal_seq: null,
    ...change,
  });
}

/** What a channel can carry: plain text and nothing else, unless the test says so. */
export function capabilities(change: Partial<Capabilities> = {}): Capabilities {
  return {
    text_limit: null,
    text_unit: "characters",
    max_parts: 1,
    buttons: [],
    segments: false,
    subject: false,
    rich_text: false,
    media: null,
    voice: null,
    templates: false,
    receipts: [],
    replies_to: false,
    edits: false,
    deletes: false,
    reactions: false,
    typing_in: false,
    typing_out: false,
    groups: false,
    can_start: false,
    reaches: "",
    calls: null,
    reply_window: null,
    human_window: null,
    receive_only: "",
    rate_per_second: null,
    limits_source: "",
    ...change,
  };
}

export const minute = (count: number): string => new Date(Date.UTC(2026, 10, 22, 9, count)).toISOString();
