/** The connectors of the mock hub, with the settings schemas that pydantic would write. */
import type { Capabilities, Connector } from "../../src/api/types.ts";

const base: Capabilities = {
  text_limit: null,
  text_unit: "characters",
  subject: false,
  rich_text: false,
  media: { types: ["*/*"], max_bytes: 25_000_000, max_count: 10 },
  receipts: ["sent"],
  replies_to: true,
  edits: true,
  deletes: true,
  reactions: true,
  typing_in: false,
  typing_out: false,
  groups: false,
  can_start: false,
  reply_window: null,
  rate_per_second: null,
  limits_source: "",
};
const svg = (path: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${path}</svg>`;
export const connectors: Connector[] = [
  {
    key: "email",
    title: "E-mail",
    kind: "email",
    icon: svg('<rect x="3" y="5.5" width="18" height="13" rx="2"/><path d="m3.5 7 8.5 6 8.5-6"/>'),
    capabilities: { ...base, subject: true, rich_text: true, can_start: true, receipts: ["sent", "delivered"] },
    abilities: ["listens", "fetches_attachments"],
    readme:
      "# E-mail\n\nReads a mailbox over IMAP and answers over SMTP.\n\n1. Create an app password at your provider.\n2. Enter host, user and password here.\n3. Press **Check**.",
    settings_schema: {
      type: "object",
      title: "E-mail",
      required: ["address", "imap_host", "user", "auth"],
      properties: {
        address: { type: "string", format: "email", title: "Address", description: "Customers see it as the sender." },
        sender_name: { type: "string", title: "Sender's name", default: "" },
        imap_host: { type: "string", title: "IMAP host" },
        imap_port: { type: "integer", title: "IMAP port", default: 993, minimum: 1, maximum: 65535 },
        auth: {
          title: "How to log in",
          oneOf: [{ $ref: "#/$defs/Password" }, { $ref: "#/$defs/OAuth" }],
          discriminator: { propertyName: "method" },
        },
        user: { type: "string", title: "User" },
        smtp_security: { type: "string", enum: ["tls", "starttls"], title: "SMTP security", default: "starttls" },
        folders: { type: "array", items: { type: "string" }, title: "Folders to read", default: ["INBOX"] },
        sync_sent: {
          type: "boolean",
          title: "Read the Sent folder, too",
          default: true,
          description: "Answers written in a mail program then stop the clock.",
        },
      },
      $defs: {
        Password: {
          type: "object",
          title: "Password",
          required: ["method", "password"],
          properties: {
            method: { const: "password", type: "string" },
            password: { type: "string", format: "password", writeOnly: true, title: "Password" },
          },
        },
        OAuth: {
          type: "object",
          title: "OAuth 2",
          required: ["method", "client_id", "refresh_token"],
          properties: {
            method: { const: "oauth", type: "string" },
            client_id: { type: "string", title: "Client id" },
            refresh_token: { type: "string", format: "password", writeOnly: true, title: "Refresh token" },
          },
        },
      },
    },
  },
  {
    key: "telegram",
    title: "Telegram",
    kind: "telegram",
    icon: svg('<path d="M20.5 4 3.5 10.7l5.2 2 2 6.3 3-4 4.3 3.2z"/><path d="m8.7 12.7 7-5"/>'),
    capabilities: {
      ...base,
      text_limit: 4096,
      text_unit: "utf16",
      media: { types: ["*/*"], max_bytes: 50_000_000, max_count: 10 },
      groups: true,
    },
    abilities: ["receives_webhooks", "listens"],
    readme: "# Telegram\n\nTalk to @BotFather, create a bot, paste its token.",
    settings_schema: {
      type: "object",
      required: ["token"],
      properties: {
        token: {
          type: "string",
          format: "password",
          writeOnly: true,
          title: "Bot token",
          description: "From @BotFather, such as 12345:ABC…",
          pattern: "^\\d+:.+$",
        },
        receive: { type: "string", enum: ["polling", "webhook"], title: "How to receive", default: "polling" },
      },
    },
  },
  {
    key: "webchat",
    title: "Web chat",
    kind: "webchat",
    icon: svg(
      '<path d="M20 11.5a7.5 7.5 0 0 1-7.5 7.5H5l1.7-2.6A7.5 7.5 0 1 1 20 11.5Z"/><path d="M9.2 11.5h.01M12.5 11.5h.01M15.8 11.5h.01" stroke-width="2.25"/>',
    ),
    capabilities: {
      ...base,
      text_limit: 4000,
      typing_in: true,
      typing_out: true,
      receipts: ["sent", "delivered", "read"],
      media: { types: ["image/*", "application/pdf"], max_bytes: 10_000_000, max_count: 5 },
    },
    abilities: ["hosts_visitors"],
    readme: "# Web chat\n\nPut one script tag into your site.",
    settings_schema: {
      type: "object",
      properties: {
        title: { type: "string", title: "Title", maxLength: 80, default: "" },
        accent: {
          type: "string",
          format: "color",
          title: "Accent colour",
          default: "#2456c7",
          pattern: "^#[0-9a-fA-F]{6}$",
        },
        position: { enum: ["right", "left"], type: "string", title: "Corner of the page", default: "right" },
        languages: {
          type: "array",
          items: { enum: ["en", "ko", "pl"], type: "string" },
          default: ["en", "ko", "pl"],
          minItems: 1,
          title: "Languages",
        },
        fields: {
          type: "array",
          items: { $ref: "#/$defs/PreChatField" },
          default: [],
          maxItems: 10,
          title: "Questions before the chat",
          description: "Asked once of each visitor.",
        },
        uploads: { type: "boolean", default: true, title: "Visitors may send files" },
        previous_identity_secret: {
          anyOf: [{ type: "string", format: "password", writeOnly: true, minLength: 32 }, { type: "null" }],
          default: null,
          title: "Former identity secret",
        },
      },
      $defs: {
        PreChatField: {
          type: "object",
          title: "Question",
          required: ["key"],
          properties: {
            key: { type: "string", title: "Key", pattern: "^[a-z][a-z0-9_]{0,39}$" },
            label: { type: "string", default: "", title: "Label", maxLength: 80 },
            required: { type: "boolean", default: false, title: "Required" },
          },
        },
      },
    },
  },
];
