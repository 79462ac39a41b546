/** The API's records under short names; every one comes from the generated schema. */
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Session = Schemas["SessionView"];
export type User = Schemas["User"];
export type Role = Schemas["Role"];
export type Team = Schemas["TeamView"];
export type Connector = Schemas["ConnectorView"];
export type Channel = Schemas["ChannelView"];
export type Template = Schemas["Template"];
export type TemplateField = Schemas["TemplateField"];
export type Templates = Schemas["TemplatesView"];
export type TemplateChoice = Schemas["TemplateChoice"];
export type SetupStep = Schemas["SetupStepView"];
export type Setup = Schemas["SetupView"];
export type ConnectionState = Schemas["ConnectionState"];
export type Capabilities = Schemas["Capabilities"];
export type MediaRule = Schemas["MediaRule"];
export type ConversationRow = Schemas["ConversationRow"];
export type ConversationState = Schemas["ConversationState"];
export type ConversationCounts = Schemas["ConversationCounts"];
export type ConversationDetail = Schemas["ConversationView"];
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
export type HistoryEntry = Schemas["IdentityEntry"];
export type LedgerLine = Schemas["LedgerLine"];
export type RawEventRow = Schemas["RawEventRow"];
export type RawEvent = Schemas["RawEventView"];
export type Token = Schemas["TokenView"];
export type Hook = Schemas["HookView"];
export type HookDelivery = Schemas["HookDeliveryView"];
export type Overview = Schemas["Overview"];

/** Everything that needs a right, as in hub/domain/user.py. */
export type Action = Schemas["Action"];
export type ChangeKind = Schemas["ChangeKind"];
export type Call = Schemas["CallView"];
export type CallPop = Schemas["CallPop"];
export type Changes = Omit<Schemas["Changes"], "type" | "seq">;
export type Typing = Schemas["Typing"];
export type Viewer = Schemas["Viewer"];
export type ServerFrame = Schemas["ServerFrame"];

export interface Page<T> {
  items: T[];
  next: string | null;
}
