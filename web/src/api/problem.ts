/** What the API says when it refuses (RFC 9457), as an error the screens can show. */
import { t } from "../i18n";

export interface FieldError {
  field: string;
  message: string;
}

export class ApiError extends Error {
  readonly status: number;
  readonly kind: string;
  readonly fields: readonly FieldError[];
  readonly retryAfter: number | null;

  constructor(
    status: number,
    detail: string,
    kind = "",
    fields: readonly FieldError[] = [],
    retryAfter: number | null = null,
  ) {
    super(detail);
    this.name = "ApiError";
    this.status = status;
    this.kind = kind;
    this.fields = fields;
    this.retryAfter = retryAfter;
  }

  /** The message for one field of a form, or undefined. */
  field(name: string): string | undefined {
    return this.fields.find((entry) => entry.field === name)?.message;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** Reads a problem body; anything else becomes words that name the status. */
export function problemOf(response: Response, body: unknown): ApiError {
  const retry = Number(response.headers.get("Retry-After"));
  const retryAfter = Number.isFinite(retry) && retry > 0 ? retry : null;
  if (!isRecord(body))
    return new ApiError(response.status, t("error.status", { status: response.status }), "", [], retryAfter);
  const title = typeof body.title === "string" ? body.title : t("error.status", { status: response.status });
  const detail = typeof body.detail === "string" && body.detail !== "" ? body.detail : title;
  const kind = typeof body.type === "string" ? (body.type.split("/").at(-1) ?? "") : "";
  const errors = Array.isArray(body.errors) ? body.errors.filter(isRecord) : [];
  const fields = errors.map((entry) => ({ field: String(entry.field), message: String(entry.message) }));
  return new ApiError(response.status, detail, kind, fields, retryAfter);
}

/** Problems that say the same every time, so that the screens can say them in the reader's language. */
const KINDS = new Set(["csrf", "internal", "unavailable"] as const);
type Kind = typeof KINDS extends Set<infer Name> ? Name : never;

/** Says any error in words for a person. */
export function inWords(error: unknown): string {
  if (error instanceof ApiError) {
    return error.status === 429 && error.retryAfter !== null
      ? t("error.tooMany", { count: Math.ceil(error.retryAfter) })
      : (KINDS as Set<string>).has(error.kind)
        ? t(`error.kind.${error.kind as Kind}`)
        : error.message;
  }
  if (error instanceof TypeError) return t("error.network");
  return error instanceof Error ? error.message : String(error);
}
