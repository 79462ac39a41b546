/** Business hours: calendars with their weeks, holidays and own days, and who keeps which. Edits never change the past. */
import { Button, Modal } from "@mantine/core";
import { IconCalendarTime, IconPlus, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { useMay } from "../api/hooks";
import { inWords } from "../api/problem";
import type { components } from "../api/schema";
import { useTranslation } from "../i18n";
import { PageHead } from "../settings/PageHead";
import settings from "../settings/settings.module.css";
import { Confirm } from "../ui/Confirm";
import { IconButton } from "../ui/IconButton";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import { toast } from "../ui/toast";
import { When } from "../ui/When";
import { CalendarForm } from "./CalendarForm";
import classes from "./hours.module.css";
import { calendarsQuery } from "./hoursQueries";
import { Keepers } from "./Keepers";
import { type Span, spansInWords } from "./Spans";
import { Versions } from "./Versions";
import { weekdays } from "./weekdays";

type Calendar = components["schemas"]["CalendarView"];

export default function Hours() {
  const { t } = useTranslation();
  const calendars = useQuery(calendarsQuery);
  const mayWrite = useMay("hours_write");
  const [editing, setEditing] = useState<Calendar | "new" | null>(null);
  const add = mayWrite && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setEditing("new")}>
      {t("reports.hours.add")}
    </Button>
  );
  return (
    <>
      <PageHead title={t("settings.hours.title")} text={t("settings.hours.text")} action={add} />
      <div className={settings.content}>
        {calendars.isPending && <RowSkeletons rows={3} />}
        {calendars.isError && <Broken error={calendars.error} retry={() => void calendars.refetch()} />}
        {calendars.data?.length === 0 && (
          <Empty
            icon={<IconCalendarTime size={28} stroke={1.4} />}
            title={t("reports.hours.none")}
            text={t("reports.hours.noneText")}
          />
        )}
        <ul className={classes.calendars}>
          {calendars.data?.map((calendar) => (
            <li key={calendar.id}>
              <CalendarRow calendar={calendar} edit={mayWrite ? () => setEditing(calendar) : undefined} />
            </li>
          ))}
        </ul>
        {(calendars.data?.length ?? 0) > 0 && <Keepers calendars={calendars.data ?? []} mayWrite={mayWrite} />}
      </div>
      {editing !== null && (
        <Modal opened onClose={() => setEditing(null)} title={t("reports.hours.calendar")} size="lg">
          <CalendarForm calendar={editing === "new" ? null : editing} close={() => setEditing(null)} />
        </Modal>
      )}
    </>
  );
}

function CalendarRow({ calendar, edit }: { calendar: Calendar; edit: (() => void) | undefined }) {
  const { t, i18n } = useTranslation();
  const days = weekdays(i18n.language);
  const [today] = useState(() => new Date().toLocaleDateString("sv", { timeZone: calendar.zone }));
  const [removing, setRemoving] = useState(false);
  const queries = useQueryClient();
  const remove = useMutation({
    mutationFn: () =>
      body(client.DELETE("/calendars/{calendar_id}", { params: { path: { calendar_id: calendar.id } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["hours"] }),
    onError: (error) => toast.failure(t("reports.hours.notDeleted"), inWords(error)),
    onSettled: () => setRemoving(false),
  });
  const ahead = calendar.days.filter((day) => day.date >= today);
  const words = (spans: readonly Span[]) => (spans.length === 0 ? t("reports.hours.closed") : spansInWords(spans));
  return (
    <>
      <div className={classes.rowHead}>
        <strong>{calendar.name}</strong>
        <span className={classes.state} data-open={calendar.open || undefined}>
          {calendar.open ? t("reports.hours.openNow") : t("reports.hours.closedNow")}
          {calendar.opens_at !== null && (
            <>
              {" · "}
              {t("reports.hours.opens")} <When at={calendar.opens_at} />
            </>
          )}
        </span>
        <span className={classes.quiet}>
          {calendar.zone} · {t("reports.hours.version", { version: calendar.version })}
        </span>
        {edit !== undefined && (
          <span className={classes.hands}>
            <Button variant="default" onClick={edit}>
              {t("reports.hours.edit")}
            </Button>
            <IconButton label={t("reports.delete", { name: calendar.name })} onClick={() => setRemoving(true)}>
              <IconTrash size={16} />
            </IconButton>
          </span>
        )}
      </div>
      <dl className={classes.week}>
        {calendar.week.map((spans, day) => (
          // oxlint-disable-next-line react/no-array-index-key -- the days of a week have a fixed order
          <div key={day} data-closed={spans.length === 0 || undefined}>
            <dt>{days[day]}</dt>
            <dd>{words(spans)}</dd>
          </div>
        ))}
      </dl>
      {ahead.length > 0 && (
        <p className={classes.quiet}>
          {ahead
            .slice(0, 6)
            .map((day) => {
              const open = day.hours.length > 0 ? ` ${spansInWords(day.hours)}` : "";
              return `${dateName(day.date, i18n.language)} ${day.name}${open}`;
            })
            .join(" · ")}
          {ahead.length > 6 && ` · ${t("reports.hours.moreDays", { count: ahead.length - 6 })}`}
        </p>
      )}
      {calendar.version > 1 && <Versions calendar={calendar} />}
      {removing && (
        <Confirm
          title={t("reports.delete", { name: calendar.name })}
          text={t("reports.hours.deleteText")}
          action={t("reports.hours.delete")}
          busy={remove.isPending}
          confirm={() => remove.mutate()}
          close={() => setRemoving(false)}
        />
      )}
    </>
  );
}

const dateName = (date: string, locale: string): string =>
  new Date(`${date}T00:00:00Z`).toLocaleDateString(locale, {
    timeZone: "UTC",
    day: "numeric",
    month: "short",
    year: "numeric",
  });
