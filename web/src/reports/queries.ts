/** What reports read, keyed by what they are about. */
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { body, client } from "../api/client";
import { PAGE } from "../api/queries";
import type { components } from "../api/schema";
import type { Asked } from "./asked";
import { queryOf, whole, zoneHere } from "./query";

type Schemas = components["schemas"];
export type Dashboard = Schemas["DashboardView"];
export type Figure = Schemas["FigureView"];
export type Value = Schemas["Value"];
export type Group = Schemas["Group"];
export type HeatMap = Schemas["HeatMap"];
export type HeatCell = Schemas["HeatCell"];
export type Point = Schemas["Point"];
export type ReportWait = Schemas["ReportWait"];
export type ReportEntry = Schemas["ReportEntry"];
export type Saved = Schemas["SavedReport"];
export type Export = Schemas["ExportView"];
export type AgentWork = Schemas["AgentWork"];
export type ScoreCell = Schemas["ScoreCell"];
export type Wallboard = Schemas["Wallboard"];

const key = ["reports"] as const;

export const figuresQuery = queryOptions({
  queryKey: [...key, "figures"],
  queryFn: ({ signal }) => body(client.GET("/reports/figures", { signal })),
  staleTime: Infinity,
});

const about = (asked: Asked) => queryOf(whole(asked), zoneHere());

export const dashboardQuery = (asked: Asked, compare: boolean) =>
  queryOptions({
    queryKey: [...key, "dashboard", about(asked), compare],
    queryFn: ({ signal }) =>
      body(client.GET("/reports/dashboard", { params: { query: { ...about(asked), compare } }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });

export const breakdownQuery = (asked: Asked, by: "tag" | "source") =>
  queryOptions({
    queryKey: [...key, "breakdown", about(asked), by],
    queryFn: ({ signal }) =>
      body(client.GET("/reports/breakdown", { params: { query: { ...about(asked), by } }, signal })),
    placeholderData: keepPreviousData,
  });

export const preferredQuery = (asked: Asked) =>
  queryOptions({
    queryKey: [...key, "channels", about(asked)],
    queryFn: ({ signal }) => body(client.GET("/reports/channels", { params: { query: about(asked) }, signal })),
    placeholderData: keepPreviousData,
  });

/** Pages of a list, one behind the other. */
const paged = {
  initialPageParam: null as string | null,
  getNextPageParam: (page: { next: string | null }) => page.next,
};
const pageOf = (asked: Asked, cursor: string | null) => ({
  query: { ...queryOf(asked, zoneHere()), limit: PAGE, ...(cursor === null ? {} : { cursor }) },
});

export const waitsQuery = (asked: Asked) =>
  infiniteQueryOptions({
    ...paged,
    queryKey: [...key, "waits", asked],
    queryFn: ({ pageParam, signal }) =>
      body(client.GET("/reports/waits", { params: pageOf(asked, pageParam), signal })),
  });

export const entriesQuery = ({ at_least: _least, at: _at, ...asked }: Asked) =>
  infiniteQueryOptions({
    ...paged,
    queryKey: [...key, "entries", asked],
    queryFn: ({ pageParam, signal }) =>
      body(client.GET("/reports/entries", { params: pageOf(asked, pageParam), signal })),
  });

export const mineQuery = (asked: Asked) =>
  queryOptions({
    queryKey: [...key, "mine", about(asked)],
    queryFn: ({ signal }) => body(client.GET("/reports/mine", { params: { query: about(asked) }, signal })),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });

export const workloadQuery = (asked: Asked) =>
  queryOptions({
    queryKey: [...key, "workload", about(asked)],
    queryFn: ({ signal }) => body(client.GET("/reports/workload", { params: { query: about(asked) }, signal })),
    placeholderData: keepPreviousData,
  });

/** The scores of one's own reviewed calls, by week. */
export const myScoresQuery = (me: string, since: string, until: string) =>
  queryOptions({
    queryKey: [...key, "scores", me, since, until],
    queryFn: ({ signal }) =>
      body(
        client.GET("/scores", {
          params: { query: { by: "all", period: "week", since, until, zone: zoneHere(), agent: [me] } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });

export const satisfactionQuery = (asked: Asked) =>
  queryOptions({
    queryKey: [...key, "satisfaction", about(asked)],
    queryFn: ({ signal }) => body(client.GET("/reports/satisfaction", { params: { query: about(asked) }, signal })),
    placeholderData: keepPreviousData,
  });

export const cardQuery = (contactId: string) =>
  queryOptions({
    queryKey: ["contact", contactId, "card"],
    queryFn: ({ signal }) =>
      body(
        client.GET("/contacts/{contact_id}/card", {
          params: { path: { contact_id: contactId }, query: { zone: zoneHere() } },
          signal,
        }),
      ),
  });

const COUNTING = 2_000;
const CALM = 60_000;

export const trustQuery = queryOptions({
  queryKey: [...key, "trust"],
  queryFn: ({ signal }) => body(client.GET("/reports/trust", { signal })),
  refetchInterval: ({ state }) => ((state.data?.behind ?? 0) > 0 ? COUNTING : CALM),
});

export const savedQuery = queryOptions({
  queryKey: [...key, "saved"],
  queryFn: ({ signal }) => body(client.GET("/reports/saved", { signal })),
});

export const exportQuery = (id: string) =>
  queryOptions({
    queryKey: [...key, "export", id],
    queryFn: ({ signal }) => body(client.GET("/exports/{export_id}", { params: { path: { export_id: id } }, signal })),
    refetchInterval: ({ state }) =>
      state.data === undefined || state.data.state === "waiting" || state.data.state === "running" ? 700 : false,
  });

/** The files asked for within the last days, the newest first. */
export const exportsQuery = queryOptions({
  queryKey: [...key, "exports"],
  queryFn: ({ signal }) => body(client.GET("/exports", { signal })),
  staleTime: 0,
});

export const wallboardQuery = queryOptions({
  queryKey: [...key, "wallboard"],
  queryFn: ({ signal }) => body(client.GET("/wallboard", { params: { query: { zone: zoneHere() } }, signal })),
  refetchInterval: 4_000,
});

/** The calls in queue that the wall counts. */
export const queuedCallsQuery = queryOptions({
  queryKey: [...key, "wallboard", "calls"],
  queryFn: ({ signal }) => body(client.GET("/wallboard/calls", { signal })),
  refetchInterval: 4_000,
});
