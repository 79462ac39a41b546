/** The hours of one day: from when to when it is open, several times if need be; none means closed. */
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "../i18n";
import { IconButton } from "../ui/IconButton";
import classes from "./hours.module.css";

export interface Span {
  opens: string;
  closes: string;
}

export const spansInWords = (spans: readonly Span[]): string =>
  spans.map((span) => `${span.opens}–${span.closes}`).join(", ");

interface SpansProps {
  /** What the day is called. */
  label: string;
  spans: readonly Span[];
  set: (spans: Span[]) => void;
}

export function Spans({ label, spans, set }: SpansProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.spans}>
      {spans.map((span, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- spans are told apart by their place alone
        <span key={index} className={classes.span}>
          <input
            aria-label={t("reports.hours.from", { day: label })}
            value={span.opens}
            pattern="\d{2}:\d{2}"
            onChange={(event) => set(spans.with(index, { ...span, opens: event.currentTarget.value }))}
          />
          –
          <input
            aria-label={t("reports.hours.until", { day: label })}
            value={span.closes}
            pattern="\d{2}:\d{2}"
            onChange={(event) => set(spans.with(index, { ...span, closes: event.currentTarget.value }))}
          />
          <IconButton
            label={t("reports.hours.removeSpan", { day: label })}
            size={26}
            onClick={() => set(spans.toSpliced(index, 1))}
          >
            <IconTrash size={14} />
          </IconButton>
        </span>
      ))}
      {spans.length === 0 && <span className={classes.quiet}>{t("reports.hours.closed")}</span>}
      <IconButton
        label={t("reports.hours.addSpan", { day: label })}
        size={26}
        onClick={() => set([...spans, { opens: "09:00", closes: "17:00" }])}
      >
        <IconPlus size={14} />
      </IconButton>
    </div>
  );
}
