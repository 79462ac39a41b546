/** What the widget and the visitors' door (webhooks/visitors) say to each other. */

export type Language = "en" | "ko" | "pl";

export interface Field {
  key: string;
  label: string;
  required: boolean;
}

/** The public part of the channel's settings (connectors/webchat/render.py). */
export interface Config {
  texts: Record<string, Partial<Record<"title" | "welcome" | "offline" | "consent", string>>>;
  accent: string;
  position: "left" | "right";
  languages: Language[];
  fields: Field[];
  presence: "always" | "agents" | "never";
  consent_link: string;
  limits: { text: number; files: number; file_bytes: number };
}

export interface Hello {
  token: string;
  thread: string;
  identified: boolean;
  online: boolean;
  /** The hub's own limit; a channel's may be lower. */
  max_file_bytes: number;
  config: Config;
}

export interface FileItem {
  id: string;
  name: string;
  type: string;
  size: number | null;
  state: "pending" | "ready" | "failed" | "refused";
  /** Path below the channel's address, signed for this visitor; empty until the file is ready. */
  url: string;
  width: number | null;
  height: number | null;
}

export interface Choice {
  label: string;
  /** What the press tells the hub. */
  data: string;
}

/** A message as the visitor sees it, once it is on the timeline. */
export interface Item {
  seq: number;
  id: string;
  mine: boolean;
  /** The id this browser (or another tab) gave it; empty for ours. */
  client: string;
  author: string;
  text: string;
  at: string;
  files: FileItem[];
  /** Choices to press; drawn as long as the visitor has said nothing since. */
  buttons: Choice[];
  delivery: string;
  state: "" | "queued" | "sending" | "sent" | "delivered" | "read" | "failed" | "unknown";
  deleted: boolean;
  edited: boolean;
}

export interface Upload {
  id: string;
  name: string;
  type: string;
  size: number;
}

export interface MessageFrame {
  type: "message";
  id: string;
  text: string;
  files: Upload[];
  pressed?: string;
  form?: Record<string, string>;
  offline?: boolean;
  page: string;
  title: string;
  language: string;
}

export interface ReceiptFrame {
  type: "delivered" | "read";
  id: string;
  upto: string;
}

export type Frame = MessageFrame | ReceiptFrame;

/** What the door says on the socket; polling answers carry the same. */
export type Said =
  | { type: "items"; items: Item[]; seq: number; more: boolean }
  | { type: "ack"; id: string }
  | { type: "refused"; id: string; code: string; detail: string; retry: number | null }
  | { type: "typing" }
  | { type: "seen"; upto: string }
  | { type: "presence"; online: boolean }
  | { type: "resync" }
  | { type: "tick" };
