/** What the pages of business hours and targets read. */
import { queryOptions } from "@tanstack/react-query";
import { body, client } from "../api/client";

export const calendarsQuery = queryOptions({
  queryKey: ["hours", "calendars"],
  queryFn: ({ signal }) => body(client.GET("/calendars", { signal })),
});

export const versionsQuery = (calendarId: string, newest: number) =>
  queryOptions({
    queryKey: ["hours", "versions", calendarId, newest],
    queryFn: ({ signal }) =>
      body(client.GET("/calendars/{calendar_id}/versions", { params: { path: { calendar_id: calendarId } }, signal })),
  });

export const hoursQuery = queryOptions({
  queryKey: ["hours", "kept"],
  queryFn: ({ signal }) => body(client.GET("/hours", { signal })),
});

export const countriesQuery = queryOptions({
  queryKey: ["hours", "countries"],
  queryFn: ({ signal }) => body(client.GET("/holidays/countries", { signal })),
  staleTime: Infinity,
});

export const targetsQuery = queryOptions({
  queryKey: ["targets"],
  queryFn: ({ signal }) => body(client.GET("/targets", { signal })),
});

export const riskQuery = queryOptions({
  queryKey: ["targets", "risk"],
  queryFn: ({ signal }) => body(client.GET("/dues/risk", { signal })),
  refetchInterval: 30_000,
});
