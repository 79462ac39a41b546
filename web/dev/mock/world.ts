/** The whole of the mock hub: many conversations with their contacts and threads. */
import type { Channel, Contact, ConversationRow, Interaction } from "../../src/api/types.ts";
import { ago, answers, asks, channels, id, me, names, pick, random, teams, users } from "./seed.ts";
import { mailThread, talk, zoo } from "./threads.ts";

export interface World {
  rows: ConversationRow[];
  threads: Map<string, Interaction[]>;
  contacts: Map<string, Contact>;
}

export function build(): World {
  const world: World = { rows: [], threads: new Map(), contacts: new Map() };
  for (let i = 0; i < 640; i += 1) {
    const fixed = [3, 0, 4, 5, 4, 5][i];
    const home = fixed === undefined ? pick(channels) : (channels[fixed] as Channel);
    const name =
      i === 0 ? "Olivia Martin" : i === 1 ? "Katarzyna Nowak" : i < names.length ? (names[i] as string) : pick(names);
    const address =
      home.kind === "email"
        ? `${
            name
              .normalize("NFKD")
              .replace(/[^a-zA-Z]/g, "")
              .toLowerCase() || "customer"
          }${i}@example.com`
        : home.kind === "sms" || home.kind === "whatsapp"
          ? `+44 7700 90${String(i).padStart(4, "0")}`
          : home.kind === "telegram"
            ? `@user${i}`
            : `v-${i}`;
    const contact: Contact = {
      id: id(),
      name,
      portrait_id: null,
      company: random() < 0.3 ? pick(["Acme Sp. z o.o.", "한빛상사", "Northwind Ltd."]) : "",
      language: "",
      source: random() < 0.2 ? "spring-campaign" : "",
      notes: "",
      fields:
        i === 0
          ? [
              ["Customer number", "K-10482"],
              ["Tier", "Gold"],
            ]
          : [],
      state: random() < 0.15 ? "provisional" : "kept",
      expires_at: null,
      created_at: ago(50_000),
      points: [],
      merged: [],
      inbound: 14,
      outbound: 9,
      last_at: ago(20),
      demo: true,
    };
    if (contact.state === "provisional") contact.expires_at = ago(-7 * 1440);
    contact.points.push({
      id: id(),
      contact_id: contact.id,
      namespace: home.kind === "email" ? "email" : home.kind,
      address,
      name,
      verified: home.kind === "email",
      blocked: false,
      blocked_reason: "",
      opted_out: false,
      opted_at: null,
      channel_ids: [home.id],
    });
    if (i === 0) {
      contact.points.push({
        id: id(),
        contact_id: contact.id,
        namespace: "phone",
        address: "+44 20 7946 0991",
        name: "",
        verified: false,
        blocked: false,
        blocked_reason: "",
        opted_out: true,
        opted_at: ago(3000),
        channel_ids: [],
      });
      contact.points.push({
        id: id(),
        contact_id: id(),
        namespace: "email",
        address: "olivia.martin@example.com",
        name: "Olivia Martin",
        verified: true,
        blocked: true,
        blocked_reason: "Mail to this address came back: no such user.",
        opted_out: false,
        opted_at: null,
        channel_ids: [(channels[0] as Channel).id],
      });
      contact.merged.push(id());
    }
    world.contacts.set(contact.id, contact);
    const waits = i < 2 || random() < 0.3;
    const age = i === 0 ? 66 : i === 1 ? 200 : Math.floor(random() ** 3 * 20_000);
    const row: ConversationRow = {
      id: id(),
      channel_id: home.id,
      contact_id: contact.id,
      contact_name: name,
      portrait_id: null,
      contact_point_id: contact.points[0]?.id ?? "",
      address,
      subject:
        home.kind === "email"
          ? pick(["Damaged parcel", "Zwrot zamówienia 9921/2026", "영수증 요청드립니다", "Question about invoice"])
          : "",
      state: i < 12 || random() < 0.5 ? "open" : pick(["pending", "snoozed", "resolved", "open"]),
      snoozed_until: null,
      assignee_id: random() < 0.4 ? pick(users).id : null,
      team_id: random() < 0.3 ? pick(teams).id : null,
      priority: pick(["normal", "normal", "normal", "normal", "high", "urgent", "low"]),
      tags: random() < 0.3 ? [pick(["vip", "refund", "배송", "reklamacja"])] : [],
      group: false,
      created_at: ago(age + 5000),
      last_at: ago(age),
      last_preview: pick(waits ? asks : answers),
      last_author: waits ? "contact" : "agent",
      waiting_since: waits ? ago(age) : null,
      unread: waits && random() < 0.6,
      failed: i === 0,
      reopen_count: 0,
      related_id: null,
      merged_into_id: null,
      related_reason: "",
      due_at: null,
      due_metric: null,
      speaker: "nobody",
      due_warn_at: null,
      demo: true,
    };
    if (row.state === "snoozed") row.snoozed_until = ago(-600);
    if (i === 0)
      Object.assign(row, {
        assignee_id: me.id,
        tags: ["vip", "delivery"],
        priority: "high",
        unread: true,
        reopen_count: 1,
      });
    if (i === 1)
      Object.assign(row, {
        subject: "Zwrot zamówienia 9921/2026",
        related_id: id(),
        related_reason:
          "Same sender and the same subject as a conversation of 3 November, but without a reference to it.",
      });
    world.rows.push(row);
    world.threads.set(
      row.id,
      i === 0 ? zoo(row) : i === 1 ? mailThread(row) : talk(row, 3 + Math.floor(random() * 8), age),
    );
  }
  return world;
}
