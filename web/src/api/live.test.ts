// @vitest-environment node
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type WebSocket as Socket, WebSocketServer } from "ws";
import { Live, type LiveHandlers, type LiveStatus, pauseBefore } from "./live";

const CHANGES = {
  type: "changes",
  conversations: [],
  interactions: [],
  contacts: [],
  channels: [],
  users: false,
  ledger: false,
};

/** A real server on loopback that remembers how it was asked and what it heard. */
class Server {
  readonly server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
  readonly asked: string[] = [];
  readonly heard: unknown[] = [];
  socket: Socket | undefined;

  constructor(hello: number) {
    this.server.on("connection", (socket, request: IncomingMessage) => {
      this.asked.push(request.url ?? "");
      this.socket = socket;
      socket.on("message", (data) => this.heard.push(JSON.parse(String(data))));
      socket.send(JSON.stringify({ type: "hello", seq: hello }));
    });
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.server.address() as AddressInfo).port}/live`;
  }

  say(frame: object): void {
    this.socket?.send(JSON.stringify(frame));
  }
}

describe("the live connection", () => {
  let server: Server;
  let live: Live;
  let statuses: LiveStatus[];
  const handlers = {
    onChanges: vi.fn<LiveHandlers["onChanges"]>(),
    onTyping: vi.fn<LiveHandlers["onTyping"]>(),
    onPresence: vi.fn<LiveHandlers["onPresence"]>(),
    onResync: vi.fn<LiveHandlers["onResync"]>(),
    onStatus: vi.fn<LiveHandlers["onStatus"]>(),
  };

  beforeEach(async () => {
    server = new Server(7);
    await once(server.server, "listening");
    statuses = [];
    for (const handler of Object.values(handlers)) handler.mockReset();
    handlers.onStatus.mockImplementation((status) => void statuses.push(status));
    live = new Live({ url: server.url, random: () => 0 }, handlers);
    live.start();
    await vi.waitFor(() => expect(statuses).toContain("live"));
  });

  afterEach(() => {
    live.stop();
    server.server.close();
  });

  it("begins without a place and hands changes on", async () => {
    server.say({ ...CHANGES, seq: 8 });
    await vi.waitFor(() => expect(handlers.onChanges).toHaveBeenCalledOnce());
    expect(server.asked).toEqual(["/live"]);
  });

  it("comes back after a cut and resumes after the last change it saw", async () => {
    server.say({ ...CHANGES, seq: 12 });
    await vi.waitFor(() => expect(handlers.onChanges).toHaveBeenCalledOnce());
    server.socket?.terminate();
    await vi.waitFor(() => expect(server.asked).toEqual(["/live", "/live?after=12"]), { timeout: 3000 });
    expect(statuses).toContain("lost");
  });

  it("resumes after the hello when nothing changed in between", async () => {
    server.socket?.terminate();
    await vi.waitFor(() => expect(server.asked).toEqual(["/live", "/live?after=7"]), { timeout: 3000 });
  });

  it("reloads on resync and continues after its number", async () => {
    server.say({ type: "resync", seq: 40 });
    await vi.waitFor(() => expect(handlers.onResync).toHaveBeenCalledOnce());
    server.socket?.terminate();
    await vi.waitFor(() => expect(server.asked.at(-1)).toBe("/live?after=40"), { timeout: 3000 });
  });

  it("says again after a cut which conversation is on screen", async () => {
    live.view("c1", true);
    await vi.waitFor(() =>
      expect(server.heard).toContainEqual({ type: "viewing", conversation_id: "c1", replying: true }),
    );
    server.heard.length = 0;
    server.socket?.terminate();
    await vi.waitFor(
      () => expect(server.heard).toContainEqual({ type: "viewing", conversation_id: "c1", replying: true }),
      { timeout: 3000 },
    );
  });

  it("does not wait when a person asks to hurry", async () => {
    server.socket?.terminate();
    await vi.waitFor(() => expect(statuses.at(-1)).toBe("lost"));
    live.hurry();
    await vi.waitFor(() => expect(statuses.at(-1)).toBe("live"));
  });

  it("stays away once stopped", async () => {
    live.stop();
    await vi.waitFor(() => expect(server.server.clients.size).toBe(0));
    expect(statuses.at(-1)).toBe("live");
  });
});

describe("the pause before another attempt", () => {
  it("doubles and is bounded", () => {
    expect([0, 1, 2, 20].map((attempt) => pauseBefore(attempt, () => 1))).toEqual([500, 1000, 2000, 20_000]);
  });

  it("is spread so that screens do not come back all at once", () => {
    expect(pauseBefore(3, () => 0)).toBe(2000);
    expect(pauseBefore(3, () => 1)).toBe(4000);
  });
});
