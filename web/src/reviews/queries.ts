/** What the review room reads, keyed under "calls" where live changes of calls and recordings matter. */
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { body, client } from "../api/client";
import { PAGE } from "../api/queries";
import type { components } from "../api/schema";
import type { Filters } from "./search";

type Schemas = components["schemas"];
export type Row = Schemas["ReviewableRow"];
export type Queue = Schemas["QueueView"];
export type Review = Schemas["Review"];
export type Comment = Schemas["Comment"];
export type Waveform = Schemas["WaveformView"];
export type Line = Schemas["Line"];
export type Lane = Schemas["Lane"];
export type Scorecard = Schemas["Scorecard"];
export type Question = Schemas["Question"];
export type Answer = Schemas["AnswerEdit"];
export type Playlist = Schemas["Playlist"];
export type Clip = Schemas["Clip"];
export type Hit = Schemas["TranscriptHit"];
export type Play = Schemas["PlayView"];
export type Series = Schemas["ScoreSeries"];
export type RecordingRules = Schemas["RecordingRules"];

export const rowsQuery = (queue: string | undefined, filters: Filters) =>
  infiniteQueryOptions({
    queryKey: ["calls", "review", queue, filters],
    queryFn: ({ pageParam, signal }) =>
      body(
        client.GET("/reviews/calls", {
          params: {
            query: {
              limit: PAGE,
              ...(queue === undefined ? filters : { queue }),
              ...(pageParam === null ? {} : { cursor: pageParam }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

export const queuesQuery = queryOptions({
  queryKey: ["calls", "queues"],
  queryFn: ({ signal }) => body(client.GET("/reviews/queues", { signal })),
});

export const reviewsQuery = (callId: string) =>
  queryOptions({
    queryKey: ["calls", "reviews", callId],
    queryFn: ({ signal }) =>
      body(client.GET("/calls/{call_id}/reviews", { params: { path: { call_id: callId } }, signal })),
  });

export const commentsQuery = (callId: string) =>
  queryOptions({
    queryKey: ["calls", "comments", callId],
    queryFn: ({ signal }) =>
      body(client.GET("/calls/{call_id}/comments", { params: { path: { call_id: callId } }, signal })),
  });

export const waveformQuery = (recordingId: string) =>
  queryOptions({
    queryKey: ["calls", "waveform", recordingId],
    queryFn: ({ signal }) =>
      body(
        client.GET("/recordings/{recording_id}/waveform", {
          params: { path: { recording_id: recordingId } },
          signal,
        }),
      ),
    retry: false,
  });

export const transcriptQuery = (recordingId: string) =>
  queryOptions({
    queryKey: ["calls", "transcript", recordingId],
    queryFn: ({ signal }) =>
      body(
        client.GET("/recordings/{recording_id}/transcript", {
          params: { path: { recording_id: recordingId } },
          signal,
        }),
      ),
  });

export const cardsQuery = (all: boolean) =>
  queryOptions({
    queryKey: ["scorecards", all],
    queryFn: ({ signal }) => body(client.GET("/scorecards", { params: { query: { all } }, signal })),
  });

export const cardQuery = (id: string, version: number) =>
  queryOptions({
    queryKey: ["scorecards", id, version],
    queryFn: ({ signal }) =>
      body(
        client.GET("/scorecards/{scorecard_id}", {
          params: { path: { scorecard_id: id }, query: { version } },
          signal,
        }),
      ),
    staleTime: Infinity,
  });

/** What answers would earn, reckoned where reviews are scored. */
export const earnedQuery = (card: Scorecard, answers: readonly Answer[]) =>
  queryOptions({
    queryKey: ["earned", card.id, card.version, answers],
    queryFn: ({ signal }) =>
      body(
        client.POST("/scorecards/{scorecard_id}/score", {
          params: { path: { scorecard_id: card.id }, query: { version: card.version } },
          body: { answers: [...answers] },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });

export const playlistsQuery = queryOptions({
  queryKey: ["playlists"],
  queryFn: ({ signal }) => body(client.GET("/playlists", { signal })),
});

export const calibrationQuery = (callId: string) =>
  queryOptions({
    queryKey: ["calls", "calibration", callId],
    queryFn: ({ signal }) =>
      body(client.GET("/calls/{call_id}/calibration", { params: { path: { call_id: callId } }, signal })),
    retry: false,
  });

export const revisionsQuery = (recordingId: string) =>
  queryOptions({
    queryKey: ["calls", "transcript", recordingId, "revisions"],
    queryFn: ({ signal }) =>
      body(
        client.GET("/recordings/{recording_id}/transcript/revisions", {
          params: { path: { recording_id: recordingId } },
          signal,
        }),
      ),
  });

const pages = {
  initialPageParam: null as string | null,
  getNextPageParam: (page: { next: string | null }) => page.next,
};
const from = (cursor: string | null) => ({ limit: PAGE, ...(cursor === null ? {} : { cursor }) });

export const wordsQuery = (words: string) =>
  infiniteQueryOptions({
    queryKey: ["calls", "words", words],
    queryFn: ({ pageParam, signal }) =>
      body(client.GET("/transcripts/search", { params: { query: { q: words, ...from(pageParam) } }, signal })),
    placeholderData: keepPreviousData,
    ...pages,
  });

export const mentionsQuery = infiniteQueryOptions({
  queryKey: ["calls", "mentions"],
  queryFn: ({ pageParam, signal }) =>
    body(client.GET("/comments/mentions", { params: { query: from(pageParam) }, signal })),
  ...pages,
});

/** Who heard what: of one call, or of all. */
export const playsQuery = (callId: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ["calls", "plays", callId],
    queryFn: ({ pageParam, signal }) =>
      body(
        client.GET("/plays", {
          params: { query: { ...from(pageParam), ...(callId === undefined ? {} : { call: callId }) } },
          signal,
        }),
      ),
    ...pages,
  });

export interface Counted {
  by: "all" | "agent" | "reviewer" | "question";
  period: "day" | "week" | "month";
  since: string;
  until: string;
  zone: string;
  agent?: string[];
  reviewer?: string[];
  scorecard?: string;
}

export const scoresQuery = (counted: Counted) =>
  queryOptions({
    queryKey: ["calls", "scores", counted],
    queryFn: ({ signal }) => body(client.GET("/scores", { params: { query: counted }, signal })),
    placeholderData: keepPreviousData,
  });

export const rulesQuery = queryOptions({
  queryKey: ["recording-rules"],
  queryFn: ({ signal }) => body(client.GET("/recording-rules", { signal })),
});

export const deletionsQuery = infiniteQueryOptions({
  queryKey: ["deletions"],
  queryFn: ({ pageParam, signal }) =>
    body(client.GET("/deletions", { params: { query: { after: pageParam, limit: PAGE } }, signal })),
  initialPageParam: 0,
  getNextPageParam: (page) => page.next,
});
