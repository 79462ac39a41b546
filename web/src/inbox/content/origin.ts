/** Where a form's submission came from and what was agreed to, read from its entry's data. */
import { type Data, record, text } from "./data";

export interface Origin {
  page: string;
  referrer: string;
  /** Source, medium, campaign, term and content, as the address carried them. */
  campaign: string;
  consent: { text: string; at: Date } | null;
}

const UTM = ["utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content"] as const;

/** Returns null for an entry that is no form's submission, or tells nothing of this. */
export function originOf(data: Data): Origin | null {
  if (Object.keys(record(data["form"])).length === 0) return null;
  const utm = record(data["utm"]);
  const agreed = record(data["consent"]);
  const at = new Date(text(agreed, "at"));
  const origin: Origin = {
    page: webAddress(text(data, "page")),
    referrer: webAddress(text(data, "referrer")),
    campaign: UTM.map((name) => text(utm, name))
      .filter(Boolean)
      .join(" / "),
    consent: text(agreed, "text") !== "" && !Number.isNaN(at.getTime()) ? { text: text(agreed, "text"), at } : null,
  };
  const told = origin.page !== "" || origin.referrer !== "" || origin.campaign !== "" || origin.consent !== null;
  return told ? origin : null;
}

/** Only what opens as a page may become a link: the address came from a stranger's browser. */
function webAddress(value: string): string {
  return /^https?:\/\//i.test(value) ? value : "";
}
