/** A hub made of memory, for looking at the screens: `npm run mock`, then `HUB_URL=http://127.0.0.1:8090 npm run dev`. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { WebSocketServer } from "ws";
import type { Attachment, ConversationRow } from "../../src/api/types.ts";
import "./contacts.ts";
import "./conversations.ts";
import "./growth.ts";
import { PICTURE } from "./picture.ts";
import { id, users } from "./seed.ts";
import { SOUND } from "./sound.ts";
import "./settings.ts";
import { type Body, progress, Refused, routes, say, sockets, uploads, world } from "./state.ts";
import { entry } from "./threads.ts";

const PORT = Number(process.env.PORT ?? 8090);
const APP = join(import.meta.dirname, "../../../hub/static/app");

function readBody(request: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    request
      .on("data", (part: Buffer) => parts.push(part))
      .on("end", () => resolve(Buffer.concat(parts)))
      .on("error", reject);
  });
}

const MAIL = `<!doctype html><meta charset=utf-8><body style="font-family:sans-serif"><h2>Weekly offers</h2><p>Hello Katarzyna, see what is new this week.</p><table><tr><td style="background:#eee;padding:20px">Blue kettle</td><td style="background:#eee;padding:20px">Red kettle</td></tr></table><p><img alt="Our shop"></p><p><a href="https://example.com">Visit the shop</a></p></body>`;

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? "/", "http://mock");
  if (!url.pathname.startsWith("/api/v1/")) return serveApp(url.pathname, response);
  const path = url.pathname.slice("/api/v1".length);
  const bytes = await readBody(request);
  if (/^\/attachments\/[^/]+\/playable$/.test(path)) {
    const from = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
    response
      .writeHead(request.headers.range === undefined ? 200 : 206, {
        "Content-Type": "audio/wav",
        "Accept-Ranges": "bytes",
        "Content-Range": `bytes ${from}-${SOUND.length - 1}/${SOUND.length}`,
        "Content-Length": SOUND.length - from,
      })
      .end(SOUND.subarray(from));
    return undefined;
  }
  if (/^\/attachments\/[^/]+/.test(path)) {
    response.writeHead(200, { "Content-Type": "image/png" }).end(PICTURE);
    return undefined;
  }
  if (/^\/interactions\/[^/]+\/html$/.test(path)) {
    response
      .writeHead(200, {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy":
          "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox",
      })
      .end(MAIL);
    return undefined;
  }
  if (path === "/attachments") {
    const made: Attachment = {
      id: url.searchParams.get("id") ?? id(),
      name: url.searchParams.get("name") ?? "file",
      media_type: request.headers["content-type"] ?? "application/octet-stream",
      size: bytes.length,
      state: "ready",
      thumbnail: (request.headers["content-type"] ?? "").startsWith("image/"),
      width: null,
      height: null,
      duration: null,
      voice: url.searchParams.get("voice") === "true",
      inline: false,
      content_id: null,
      peaks: [],
      error: "",
    };
    uploads.set(made.id, made);
    return answer(response, 201, made);
  }
  try {
    for (const [method, pattern, handler] of routes) {
      const match = path.match(pattern);
      if (method === request.method && match !== null) {
        const result = handler(
          match,
          url.searchParams,
          (bytes.length > 0 ? JSON.parse(bytes.toString()) : {}) as Body,
          request,
        );
        return answer(response, result === null ? 204 : 200, result);
      }
    }
    throw new Refused(404, `The mock has no ${request.method} ${path}.`);
  } catch (error) {
    const status = error instanceof Refused ? error.status : 500;
    return answer(response, status, {
      type: "about:blank",
      title: "Refused",
      status,
      detail: (error as Error).message,
    });
  }
}

function answer(response: ServerResponse, status: number, result: unknown): undefined {
  response
    .writeHead(status, { "Content-Type": status >= 400 ? "application/problem+json" : "application/json" })
    .end(status === 204 ? undefined : JSON.stringify(result));
  return undefined;
}

const TYPES: Record<string, string> = {
  ".js": "text/javascript",
  ".css": "text/css",
  ".html": "text/html",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".png": "image/png",
  ".webmanifest": "application/manifest+json",
};
async function serveApp(path: string, response: ServerResponse): Promise<undefined> {
  const name = extname(path) === "" ? "index.html" : path;
  try {
    const content = await readFile(join(APP, name));
    response
      .writeHead(200, {
        "Content-Type": TYPES[extname(name)] ?? "application/octet-stream",
        "Content-Security-Policy":
          "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; frame-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
      })
      .end(content);
  } catch {
    response.writeHead(404).end();
  }
  return undefined;
}

const server = createServer((request, response) => void serve(request, response));
new WebSocketServer({ server, path: "/api/v1/live" }).on("connection", (socket) => {
  sockets.add(socket);
  socket.send(JSON.stringify({ type: "hello", seq: progress.seq }));
  socket.on("close", () => sockets.delete(socket));
  socket.on("message", (data) => {
    const frame = JSON.parse(data.toString()) as { type: string; conversation_id?: string };
    if (frame.type === "viewing" && frame.conversation_id)
      socket.send(
        JSON.stringify({
          type: "presence",
          conversation_id: frame.conversation_id,
          users: [{ id: users[1]?.id, name: users[1]?.name, replying: true }],
        }),
      );
  });
});
// A customer writes every few seconds, so that live updates can be seen.
if (process.env.QUIET !== "yes")
  setInterval(() => {
    const found = world.rows[Math.floor(Math.random() * 40)] as ConversationRow;
    const now = new Date().toISOString();
    found.waiting_since ??= now;
    if (found.state === "resolved" || found.state === "snoozed") found.state = "open";
    say(
      found,
      entry(found, { text: `And one more thing… (${now.slice(11, 19)})`, occurred_at: now, received_at: now }),
    );
  }, 6000);
server.listen(PORT, "127.0.0.1", () => console.log(`mock hub on http://127.0.0.1:${PORT}`));
