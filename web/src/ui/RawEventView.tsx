/** A raw event: headers and body, as the provider sent them. */
import type { RawEvent } from "../api/types";
import { useTranslation } from "../i18n";
import { full } from "./time";
import classes from "./ui.module.css";

/** Indents JSON for reading; anything else stays as it is. */
export function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

export function RawEventView({ event }: { event: RawEvent }) {
  const { t, i18n } = useTranslation();
  return (
    <div className={classes.raw}>
      <dl>
        <dt>{t("raw.seq")}</dt>
        <dd className="tabular">{event.seq}</dd>
        <dt>{t("raw.kind")}</dt>
        <dd>{event.kind}</dd>
        <dt>{t("raw.received")}</dt>
        <dd>{full(new Date(event.received_at), i18n.language)}</dd>
        <dt>{t("raw.state")}</dt>
        <dd>{t(`raw.states.${event.state}`)}</dd>
      </dl>
      {event.error !== "" && <p className={classes.rawError}>{event.error}</p>}
      {Object.keys(event.headers).length > 0 && (
        <>
          <h3>{t("raw.headers")}</h3>
          <pre>
            {Object.entries(event.headers)
              .map(([name, value]) => `${name}: ${value}`)
              .join("\n")}
          </pre>
        </>
      )}
      <h3>{t("raw.body")}</h3>
      <pre>{event.body_text === null ? (event.body_base64 ?? "") : readable(event.body_text)}</pre>
    </div>
  );
}
