// @vitest-environment node
import { InfiniteQueryObserver, QueryObserver } from "@tanstack/react-query";
import { describe, expect, it, vi } from "vitest";
import { FreshQueries } from "./fresh";

/** A list at a server that answers when it is told to, with what it held when it was asked. */
class Answers {
  held = 0;
  private readonly open: (() => void)[] = [];
  readonly read = vi.fn<() => Promise<number>>(() => {
    const { held } = this;
    return new Promise((resolve) => this.open.push(() => resolve(held)));
  });

  answer(): void {
    this.open.shift()?.();
  }
}

describe("a list that changes while it is read", () => {
  it("is read again when the first answer was overtaken by the change", async () => {
    const client = new FreshQueries();
    const server = new Answers();
    const list = new QueryObserver(client, { queryKey: ["debts"], queryFn: server.read });
    const leave = list.subscribe(() => undefined);
    server.held = 1;
    void client.invalidateQueries({ queryKey: ["debts"] });
    server.answer();
    await vi.waitFor(() => expect(server.read).toHaveBeenCalledTimes(2));
    server.answer();
    await vi.waitFor(() => expect(list.getCurrentResult().data).toBe(1));
    leave();
  });

  it("is read again in pages, too", async () => {
    const client = new FreshQueries();
    const server = new Answers();
    const list = new InfiniteQueryObserver(client, {
      queryKey: ["debts", false],
      queryFn: server.read,
      initialPageParam: null,
      getNextPageParam: () => null,
    });
    const leave = list.subscribe(() => undefined);
    server.held = 1;
    void client.invalidateQueries({ queryKey: ["debts"] });
    server.answer();
    await vi.waitFor(() => expect(server.read).toHaveBeenCalledTimes(2));
    server.answer();
    await vi.waitFor(() => expect(list.getCurrentResult().data?.pages).toEqual([1]));
    leave();
  });

  it("is stale when nobody looks at it and its answer was overtaken", async () => {
    const client = new FreshQueries();
    const server = new Answers();
    const read = client.prefetchQuery({ queryKey: ["debts"], queryFn: server.read });
    void client.invalidateQueries({ queryKey: ["debts"] });
    server.answer();
    await read;
    await vi.waitFor(() => expect(client.getQueryState(["debts"])?.isInvalidated).toBe(true));
    expect(server.read).toHaveBeenCalledOnce();
  });

  it("is read twice, however many changes came", async () => {
    const client = new FreshQueries();
    const server = new Answers();
    const list = new QueryObserver(client, { queryKey: ["debts"], queryFn: server.read });
    const leave = list.subscribe(() => undefined);
    for (let change = 0; change < 5; change += 1) void client.invalidateQueries({ queryKey: ["debts"] });
    server.held = 5;
    server.answer();
    await vi.waitFor(() => expect(server.read).toHaveBeenCalledTimes(2));
    server.answer();
    await vi.waitFor(() => expect(list.getCurrentResult().data).toBe(5));
    expect(server.read).toHaveBeenCalledTimes(2);
    leave();
  });

  it("is not asked for again and again where reading it fails", async () => {
    const client = new FreshQueries({ defaultOptions: { queries: { retry: false } } });
    const read = vi.fn<() => Promise<number>>(() => Promise.reject(new Error("gone")));
    const list = new QueryObserver(client, { queryKey: ["debts"], queryFn: read });
    const leave = list.subscribe(() => undefined);
    void client.invalidateQueries({ queryKey: ["debts"] });
    await vi.waitFor(() => expect(list.getCurrentResult().isError).toBe(true));
    expect(read).toHaveBeenCalledOnce();
    leave();
  });
});
