/** The hub's own reasons in the reader's language; what a provider said stays as it came. */
import type { Delivery } from "../api/types";
import { t } from "../i18n";

const DELIVERY = new Set(["file_lost", "not_built", "stopped", "timeout"] as const);
type DeliveryCode = typeof DELIVERY extends Set<infer Code> ? Code : never;

/** The sentences the hub keeps with a conversation that may belong to an earlier one. */
const RELATED = {
  "Continues a conversation that was resolved long ago": "longAgo",
  "Sent to this conversation's reply address": "replyAddress",
  "Answers a message of this conversation": "answers",
  "Same thread at the provider": "thread",
  "Same subject within 30 days": "subject",
} as const;

/** Says why a message did not go out, or not yet. */
export function reasonOf({ code, reason }: Pick<Delivery, "code" | "reason">): string {
  return (DELIVERY as Set<string>).has(code) ? t(`delivery.why.${code as DeliveryCode}`) : reason;
}

/** Says why a conversation may belong to an earlier one. */
export function whyRelated(reason: string): string {
  return Object.hasOwn(RELATED, reason) ? t(`related.why.${RELATED[reason as keyof typeof RELATED]}`) : reason;
}
