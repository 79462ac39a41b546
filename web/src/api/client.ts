/** The one HTTP client: typed by the schema, with the CSRF header, refusals thrown as ApiError. */
import createClient from "openapi-fetch";
import { ApiError, problemOf } from "./problem";
import type { paths } from "./schema";

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);
let csrf = "";
let loggedOut: () => void = () => undefined;

/** Remembers the token that unsafe requests of this session carry. */
export function setCsrf(token: string): void {
  csrf = token;
}

export function csrfToken(): string {
  return csrf;
}

/** Says what to do when the server no longer knows this session. */
export function onLoggedOut(then: () => void): void {
  loggedOut = then;
}

export const client = createClient<paths>({
  baseUrl: "/api/v1",
  querySerializer: { array: { style: "form", explode: true } },
});

client.use({
  onRequest({ request }) {
    if (!SAFE.has(request.method)) request.headers.set("X-CSRF-Token", csrf);
    return request;
  },
});

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** Returns the body of a good answer; throws ApiError for a refusal. */
export async function body<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (!response.ok) {
    const problem = problemOf(response, error);
    if (problem.status === 401 && !response.url.endsWith("/session")) loggedOut();
    throw problem;
  }
  return data as T;
}

export { ApiError };
