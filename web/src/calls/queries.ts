/** What the calls room reads, keyed so that live changes find it. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { body, client } from "../api/client";
import { PAGE } from "../api/queries";
import type { components } from "../api/schema";
import type { CallSearch } from "./search";

type Schemas = components["schemas"];
export type Call = Schemas["CallView"];
export type Pop = Schemas["CallPop"];
export type Debt = Schemas["DebtView"];
export type Presence = Schemas["PresenceView"];
export type Recording = Schemas["RecordingView"];
export type Score = Schemas["CallScore"];
export type Control = Schemas["Command"];

export const callsQuery = (search: CallSearch) =>
  infiniteQueryOptions({
    queryKey: ["calls", "list", search],
    queryFn: ({ pageParam, signal }) =>
      body(
        client.GET("/calls", {
          params: { query: { ...search, limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

/** The calls that go on now. */
export const liveCallsQuery = queryOptions({
  queryKey: ["calls", "live"],
  queryFn: ({ signal }) => body(client.GET("/calls", { params: { query: { live: true, limit: PAGE } }, signal })),
});

/** What reviews say of some calls, for those that have any. */
export const scoresQuery = (ids: readonly string[]) =>
  queryOptions({
    queryKey: ["calls", "callScores", ids],
    queryFn: ({ signal }) =>
      body(client.GET("/reviews/call-scores", { params: { query: { call: [...ids] } }, signal })),
    enabled: ids.length > 0,
  });

export const callQuery = (id: string) =>
  queryOptions({
    queryKey: ["calls", "one", id],
    queryFn: ({ signal }) => body(client.GET("/calls/{call_id}", { params: { path: { call_id: id } }, signal })),
  });

export const recordingsQuery = (id: string) =>
  queryOptions({
    queryKey: ["calls", "recordings", id],
    queryFn: ({ signal }) =>
      body(client.GET("/calls/{call_id}/recordings", { params: { path: { call_id: id } }, signal })),
    refetchInterval: ({ state }) => (state.data?.some((one) => one.fetching) === true ? 3000 : false),
  });

export const debtsQuery = (closed: boolean) =>
  infiniteQueryOptions({
    queryKey: ["debts", closed],
    queryFn: ({ pageParam, signal }) =>
      body(
        client.GET("/debts", {
          params: { query: { closed, limit: PAGE, ...(pageParam === null ? {} : { cursor: pageParam }) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

export const presenceQuery = queryOptions({
  queryKey: ["presence"],
  queryFn: ({ signal }) => body(client.GET("/presence", { signal })),
});

export const linesQuery = queryOptions({
  queryKey: ["lines"],
  queryFn: ({ signal }) => body(client.GET("/lines", { signal })),
});

export const control = (callId: string, command: Control) =>
  body(client.POST("/calls/{call_id}/commands", { params: { path: { call_id: callId } }, body: command }));
