/** Routes of the mock hub: templates, the steps of connecting, what reconciling found. */
import type { Template, Templates } from "../../src/api/types.ts";
import { ago, channels } from "./seed.ts";
import { first, on, Refused } from "./state.ts";

const template = (name: string, language: string, more: Partial<Template>): Template => ({
  key: `${name}/${language}`,
  name,
  language,
  category: "utility",
  state: "approved",
  reason: "",
  header: "",
  body: "",
  footer: "",
  buttons: [],
  fields: [],
  ...more,
});
const text = (key: string, title: string, example: string, max_length: number | null = null) => ({
  key,
  title,
  kind: "text" as const,
  example,
  max_length,
});
const templates: Templates = {
  synced_at: ago(30),
  tried_at: ago(30),
  problem: "",
  items: [
    template("parcel_arrives", "en_US", {
      header: "Your parcel",
      body: "Hello {{body.1}}, your parcel {{body.2}} arrives tomorrow between 9:00 and 12:00.\n\nIs somebody at home?",
      footer: "Halden Shop",
      fields: [
        text("body.1", "Text 1", "Anna"),
        text("body.2", "Text 2", "10482", 20),
        text("button.1.url", "Button: Follow it", "10482"),
      ],
      buttons: [
        { label: "Yes, come", kind: "reply", target: "" },
        { label: "Follow it", kind: "link", target: "https://track.example.com/{{button.1.url}}" },
        { label: "Call us", kind: "phone", target: "+442079460100" },
      ],
    }),
    template("parcel_arrives", "pl", {
      header: "Twoja paczka",
      body: "Dzień dobry {{body.1}}, paczka {{body.2}} dotrze jutro.",
      fields: [text("body.1", "Text 1", "Anna"), text("body.2", "Text 2", "10482")],
    }),
    template("주문_안내", "ko", {
      body: "{{body.name}}님, 주문이 접수되었습니다.",
      fields: [text("body.name", "name", "김서연")],
    }),
    template("invoice", "en_US", {
      body: "Here is your invoice.",
      fields: [{ key: "header.media", title: "Document", kind: "document", example: "", max_length: null }],
    }),
    template("shop_moved", "en_US", {
      category: "marketing",
      body: "We moved! Find us here.",
      fields: [
        { key: "header.location", title: "Place", kind: "location", example: "52.2297,21.0122", max_length: null },
      ],
    }),
    template("spring_sale", "en_US", {
      category: "marketing",
      state: "rejected",
      reason: "The provider found promises it does not allow. Change the text there and hand it in again.",
      body: "Everything must go!",
    }),
    template("welcome_back_to_our_wonderful_shop_after_all_this_time", "pl", {
      state: "pending",
      body: "Dzień dobry!",
    }),
  ],
};

on("GET", "/channels/{id}/templates", () => templates);
on("POST", "/channels/{id}/templates/refresh", () => {
  templates.tried_at = new Date().toISOString();
  templates.problem = "The provider refused the token. Enter a new one in the channel's settings.";
  return templates;
});

let looked = 0;
on("GET", "/channels/{id}/setup", (m) => {
  looked += 1;
  const channel = channels.find((item) => item.id === first(m));
  return {
    webhook_url: channel?.webhook_url ?? "",
    last_received_at: looked > 2 ? ago(0) : null,
    steps: [
      { title: "The token works", done: true, help: "" },
      {
        title: "The webhook address is known there",
        done: looked > 2,
        help: "Paste the address above at **Configuration > Webhook** and press *Verify and save*.",
      },
      {
        title: "Messages are subscribed",
        done: looked > 2 ? true : null,
        help: "Could not be looked at before the webhook is known.",
      },
    ],
  };
});
on("POST", "/channels/{id}/recovered/dismiss", (m) => {
  const channel = channels.find((item) => item.id === first(m));
  if (channel === undefined) throw new Refused(404, "There is no such channel.");
  channel.recovered = null;
  return channel;
});
