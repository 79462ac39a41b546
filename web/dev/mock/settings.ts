/** Routes of the mock hub: session, people, channels, and what shows that nothing was lost. */
import { connectors } from "./connectors.ts";
import { ago, channels, id, me, teams, users } from "./seed.ts";
import { first, on, page, progress, Refused } from "./state.ts";

const session = (language = me.language) => ({
  user: { ...me, language },
  csrf: "mock",
  must_change_password: process.env.MUST_CHANGE === "yes",
  version: "0.1.0",
  languages: ["en", "ko", "pl"],
  permissions:
    process.env.ROLE === "agent"
      ? [
          "conversations_read",
          "conversations_write",
          "contacts_read",
          "contacts_write",
          "contacts_merge",
          "channels_read",
          "users_read",
          "waits_read",
        ]
      : [
          "conversations_read",
          "conversations_write",
          "contacts_read",
          "contacts_write",
          "contacts_merge",
          "contacts_delete",
          "channels_read",
          "channels_write",
          "connections_read",
          "ledger_read",
          "ledger_replay",
          "raw_read",
          "users_read",
          "users_write",
          "teams_write",
          "tokens_write",
          "hooks_write",
          "waits_read",
          "system_read",
        ],
});

on("GET", "/session", (_m, _q, _b, request) => {
  if (!progress.loggedIn) throw new Refused(401, "Please log in.");
  return session((request.headers["accept-language"] ?? "en").slice(0, 2));
});
on("POST", "/session", (_m, _q, body) => {
  if (body.password === "wrong") throw new Refused(401, "The e-mail address or the password is wrong.");
  progress.loggedIn = true;
  return session();
});
on("DELETE", "/session", () => {
  progress.loggedIn = false;
  return null;
});
on("PATCH", "/session", (_m, _q, body) => {
  Object.assign(me, body);
  return session();
});
on("POST", "/session/password", () => session());
on("GET", "/users", () => users);
on("GET", "/teams", () => teams);
on("GET", "/tokens", () => [
  {
    id: id(),
    name: "Shop integration",
    actions: ["contacts_read"],
    created_at: ago(9000),
    created_by: me.id,
    last_used_at: ago(3),
    expires_at: null,
  },
]);
on("GET", "/hooks", () => []);
on("GET", "/connectors", () => connectors);
on("GET", "/channels", () => channels);
on("POST", "/channels/{id}/check", () => ({ ok: true, address: "support@example.com", detail: "" }));
on("POST", "/connectors/{key}/check", () => {
  throw new Refused(422, "The mail server refused the password. Check the user name, or create a new app password.");
});
on("GET", "/ledger", () =>
  channels.map((item, index) => ({
    channel_id: item.id,
    received: 1204 - index * 200,
    stored: 1204 - index * 200,
    waiting: 0,
    shown: 1100 - index * 190,
    known: 90,
    unneeded: 12,
    unparsed: index === 2 ? 2 : 0,
    parked: 0,
    recovered: index === 0 ? 3 : 0,
    last_received_at: ago(index * 7 + 1),
  })),
);
on("GET", "/raw-events", (_m, query) =>
  page(
    [1, 2].map((number) => ({
      seq: 4700 + number,
      channel_id: channels[2]?.id,
      kind: "webhook",
      received_at: ago(number * 60),
      state: "unparsed",
      error: "KeyError: 'gift' has no known shape",
      attempts: 2,
      recovered: false,
      size: 418,
    })),
    query,
  ),
);
on("GET", "/raw-events/{seq}", (m) => ({
  seq: Number(first(m)),
  channel_id: channels[2]?.id,
  kind: "webhook",
  received_at: ago(60),
  state: "unparsed",
  error: "KeyError: 'gift' has no known shape",
  attempts: 2,
  recovered: false,
  headers: { "content-type": "application/json" },
  body_text: '{"update_id": 918273, "message": {"message_id": 7, "gift": {"id": "x", "stars": 25}}}',
  body_base64: null,
  interactions: [],
}));
on("POST", "/raw-events/replay", () => ({ count: 2 }));
on("GET", "/overview", () => ({
  version: "0.1.0",
  node: "hub-1",
  uptime: 86_431,
  started_at: ago(1440),
  journal: { oldest_unread: null, lag: 0 },
  outbox: { queued: 1, failed: 1, unknown: 1 },
  channels: channels.map(({ id: own, name, connector, enabled, connection }) => ({
    id: own,
    name,
    connector,
    enabled,
    connection,
  })),
  disk: { free: 41_000_000_000, total: 80_000_000_000 },
  database: "sqlite",
  problems: ["The channel “Zamówienia i reklamacje – Polska” cannot log in. Enter a new app password in its settings."],
}));
