/** The API's records under short names; every one comes from the generated schema. */
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Session = Schemas["Session"];
export type User = Schemas["User"];
export type Role = Schemas["Role"];
export type Team = Schemas["Team"];
export type Connector = Schemas["Connector"];
export type Channel = Schemas["ChannelView"];
export type ConnectionState = Schemas["ConnectionState"];
export type Capabilities = Schemas["Capabilities"];
export type ConversationRow = Schemas["ConversationRow"];
export type ConversationState = Schemas["ConversationState"];
export type ConversationCounts = Schemas["ConversationCounts"];
export type ConversationDetail = Schemas["ConversationDetail"];
export type Priority = Schemas["Priority"];
export type Interaction = Schemas["InteractionView"];
export type Attachment = Schemas["AttachmentView"];
export type Delivery = Schemas["DeliveryView"];
export type Draft = Schemas["Draft"];
/** The client hands tuples out as arrays. */
export type Contact = Omit<Schemas["ContactView"], "fields"> & { fields: string[][] };
export type ContactRow = Schemas["ContactRow"];
export type ContactPoint = Schemas["ContactPointView"];
export type Suggestion = Schemas["Suggestion"];
export type HistoryEntry = Schemas["HistoryEntry"];
export type LedgerLine = Schemas["LedgerLine"];
export type RawEventRow = Schemas["RawEventRow"];
export type RawEvent = Schemas["RawEventView"];
export type Token = Schemas["TokenView"];
export type Hook = Schemas["HookView"];
export type HookDelivery = Schemas["HookDeliveryView"];
export type Overview = Schemas["Overview"];

/** Everything that needs a right, as in hub/domain/user.py. */
export type Action =
  | "conversations_read"
  | "conversations_write"
  | "contacts_read"
  | "contacts_write"
  | "contacts_merge"
  | "contacts_delete"
  | "channels_read"
  | "channels_write"
  | "ledger_read"
  | "ledger_replay"
  | "raw_read"
  | "users_read"
  | "users_write"
  | "teams_write"
  | "tokens_write"
  | "hooks_write"
  | "waits_read"
  | "system_read";

export interface Page<T> {
  items: T[];
  next: string | null;
}
