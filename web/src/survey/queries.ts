/** What the screens of surveys read. */
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { body, client } from "../api/client";
import type { components } from "../api/schema";
import type { Asked } from "../reports/asked";
import { queryOf, zoneHere } from "../reports/query";

type Schemas = components["schemas"];
export type Survey = Schemas["SurveyView"];
export type Rating = Schemas["RatingRow"];
export type Satisfaction = Schemas["Satisfaction"];
export type Group = Schemas["SatisfactionGroup"];
export type Scale = Survey["scale"];

export const surveysKey = ["surveys"] as const;

export const surveysQuery = queryOptions({
  queryKey: [...surveysKey, "all"] as const,
  queryFn: ({ signal }) => body(client.GET("/surveys", { signal })),
});

/** What the hub says by itself, by language. */
export const wordsQuery = queryOptions({
  queryKey: [...surveysKey, "words"] as const,
  queryFn: ({ signal }) => body(client.GET("/surveys/words", { signal })),
  staleTime: Infinity,
});

/** A report of ratings is not cut by tag or source. */
export const aboutRatings = ({ tag: _tag, source: _source, figure: _figure, at_least: _least, ...asked }: Asked) =>
  queryOf(asked, zoneHere());

export const satisfactionQuery = (asked: Asked) =>
  queryOptions({
    queryKey: ["reports", "satisfaction", aboutRatings(asked)] as const,
    queryFn: ({ signal }) =>
      body(client.GET("/reports/satisfaction", { params: { query: aboutRatings(asked) }, signal })),
    placeholderData: keepPreviousData,
  });

export const ratingsQuery = (asked: Asked, score: number | null, answered: boolean) =>
  infiniteQueryOptions({
    queryKey: ["reports", "ratings", aboutRatings(asked), score, answered] as const,
    queryFn: ({ pageParam, signal }) =>
      body(
        client.GET("/reports/ratings", {
          params: {
            query: {
              ...aboutRatings(asked),
              answered,
              ...(score === null ? {} : { score }),
              ...(pageParam === null ? {} : { cursor: pageParam }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

export const contactRatingsQuery = (contactId: string) =>
  queryOptions({
    queryKey: ["contact", contactId, "ratings"] as const,
    queryFn: ({ signal }) =>
      body(client.GET("/contacts/{contact_id}/ratings", { params: { path: { contact_id: contactId } }, signal })),
  });
