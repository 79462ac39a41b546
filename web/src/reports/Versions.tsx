/** What a calendar was before its edits: what began then is still measured by it. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { components } from "../api/schema";
import { useTranslation } from "../i18n";
import { Broken } from "../ui/States";
import classes from "./hours.module.css";
import { versionsQuery } from "./hoursQueries";
import { moment } from "./moments";
import { spansInWords } from "./Spans";
import { weekdays } from "./weekdays";

export function Versions({ calendar }: { calendar: components["schemas"]["CalendarView"] }) {
  const { t, i18n } = useTranslation();
  const [open, setOpen] = useState(false);
  const found = useQuery({ ...versionsQuery(calendar.id, calendar.version), enabled: open });
  const days = weekdays(i18n.language);
  return (
    <details className={classes.versions} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t("reports.hours.earlier", { count: calendar.version - 1 })}</summary>
      {found.isError && <Broken error={found.error} retry={() => void found.refetch()} />}
      <ul>
        {(found.data ?? []).slice(1).map((version) => (
          <li key={version.version}>
            <strong>{t("reports.hours.version", { version: version.version })}</strong>{" "}
            {t("reports.hours.since", { date: moment(version.since, i18n.language) })} · {version.zone} ·{" "}
            {version.week
              .map((spans, day) => `${days[day]} ${spans.length === 0 ? "—" : spansInWords(spans)}`)
              .join(" · ")}
            {version.closed_days > 0 && ` · ${t("reports.hours.closedDays", { count: version.closed_days })}`}
          </li>
        ))}
      </ul>
    </details>
  );
}
