// Starts the emulator's Slack with what it can do and has no route for: an app's address for events.
// node emulate_slack.mjs DIST_FOLDER PORT SEED_FILE
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [dist, port, seed] = process.argv.slice(2);
const load = (name) => import(pathToFileURL(join(dist, name)).href);

const holdsSlack = (name) => /^dist-.*\.js$/.test(name) && readFileSync(join(dist, name), "utf8").includes("slackPlugin");
const { slackPlugin } = await load(readdirSync(dist).find(holdsSlack));
const register = slackPlugin.register;

slackPlugin.register = function (app, store, webhooks, ...rest) {
  // what an administrator enters under "Event Subscriptions"; the emulator signs and sends by itself
  app.post("/_test/request_url", async (c) => {
    webhooks.register({ owner: "slack", active: true, events: ["*"], url: (await c.req.json()).url });
    return c.json({ ok: true });
  });
  // the emulator lists all conversations; Slack has a method for those one is in
  app.post("/api/users.conversations", async (c) => {
    const answer = await app.request("/api/conversations.list", {
      method: "POST",
      headers: c.req.raw.headers,
      body: await c.req.text(),
    });
    const body = await answer.json();
    body.channels = (body.channels ?? []).filter((one) => one.is_member || one.is_im || one.is_mpim);
    return c.json(body);
  });
  return register.call(this, app, store, webhooks, ...rest);
};

const { createEmulator } = await load("api.js");
const slack = JSON.parse(readFileSync(seed, "utf8"));
await createEmulator({ service: "slack", port: Number(port), baseUrl: `http://127.0.0.1:${port}`, seed: { slack } });
