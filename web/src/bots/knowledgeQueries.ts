/** What the page of knowledge reads. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { body, client } from "../api/client";
import type { components } from "../api/schema";

type Schemas = components["schemas"];
export type Article = Schemas["Article"];
export type Imported = Schemas["Imported"];

/** How alike a question and an article must be, unless a flow says otherwise (`ALIKE` of the knowledge base). */
export const ALIKE = 0.4;

const from = (cursor: string | null) => (cursor === null ? {} : { cursor });

export const articlesQuery = (language: string | null) =>
  infiniteQueryOptions({
    queryKey: ["knowledge", "articles", language],
    queryFn: ({ pageParam, signal }) =>
      body(
        client.GET("/articles", {
          params: { query: { ...from(pageParam), ...(language === null ? {} : { language }) } },
          signal,
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });

export const unansweredQuery = infiniteQueryOptions({
  queryKey: ["knowledge", "unanswered"],
  queryFn: ({ pageParam, signal }) =>
    body(
      client.GET("/knowledge/questions", {
        params: { query: { ...from(pageParam), answered: false, limit: 20 } },
        signal,
      }),
    ),
  initialPageParam: null as string | null,
  getNextPageParam: (page) => page.next,
});

/** Asked for its answer of now: articles change, and so do scores. */
export const matchesQuery = (asked: string, language: string | null) =>
  queryOptions({
    queryKey: ["knowledge", "matches", asked, language],
    enabled: asked !== "",
    queryFn: ({ signal }) =>
      body(
        client.GET("/knowledge/matches", {
          params: { query: { q: asked, drafts: true, ...(language === null ? {} : { language }) } },
          signal,
        }),
      ),
  });
