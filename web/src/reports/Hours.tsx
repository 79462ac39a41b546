/** Business hours: calendars with their weeks, holidays and own days, and who keeps which. Edits never change the past. */
import { Button, FileButton, Modal, Select, Stack, TextInput } from "@mantine/core";
import { IconCalendarTime, IconPlus, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { useMay } from "../api/hooks";
import { newId } from "../api/ids";
import { inWords } from "../api/problem";
import type { components } from "../api/schema";
import { useTranslation } from "../i18n";
import { PageHead } from "../settings/PageHead";
import settings from "../settings/settings.module.css";
import { IconButton } from "../ui/IconButton";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import { toast } from "../ui/toast";
import { When } from "../ui/When";
import { zoneHere } from "./query";
import classes from "./hours.module.css";
import { calendarsQuery, countriesQuery } from "./hoursQueries";
import { Keepers } from "./Keepers";
import { weekdays } from "./weekdays";

type Calendar = components["schemas"]["CalendarView"];
type Span = { opens: string; closes: string };
type OwnDay = { date: string; name: string; hours: Span[] };

const WORKDAYS: Span[][] = Array.from({ length: 7 }, (_, day) =>
  day < 5 ? [{ opens: "09:00", closes: "17:00" }] : [],
);

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
          <Form calendar={editing === "new" ? null : editing} close={() => setEditing(null)} />
        </Modal>
      )}
    </>
  );
}

function CalendarRow({ calendar, edit }: { calendar: Calendar; edit: (() => void) | undefined }) {
  const { t, i18n } = useTranslation();
  const days = weekdays(i18n.language);
  const [today] = useState(() => new Date().toLocaleDateString("sv", { timeZone: calendar.zone }));
  const ahead = calendar.days.filter((day) => day.date >= today);
  const words = (spans: readonly Span[]) =>
    spans.length === 0 ? t("reports.hours.closed") : spans.map((span) => `${span.opens}–${span.closes}`).join(", ");
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
          <Button variant="default" onClick={edit}>
            {t("reports.hours.edit")}
          </Button>
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
            .map((day) => `${dateName(day.date, i18n.language)} ${day.name}`)
            .join(" · ")}
          {ahead.length > 6 && ` · ${t("reports.hours.moreDays", { count: ahead.length - 6 })}`}
        </p>
      )}
    </>
  );
}

function Form({ calendar, close }: { calendar: Calendar | null; close: () => void }) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const countries = useQuery(countriesQuery).data ?? [];
  const [id] = useState(() => calendar?.id ?? newId());
  const [name, setName] = useState(calendar?.name ?? "");
  const [zone, setZone] = useState(calendar?.zone ?? zoneHere());
  const [country, setCountry] = useState(calendar?.country ?? "");
  const [part, setPart] = useState(calendar?.subdivision ?? "");
  const [week, setWeek] = useState<Span[][]>(calendar?.week.map((day) => [...day]) ?? WORKDAYS);
  const [own, setOwn] = useState<OwnDay[]>(
    calendar?.days.filter((day) => day.own).map(({ date, name: called, hours }) => ({ date, name: called, hours })) ??
      [],
  );
  const days = weekdays(i18n.language);
  const refresh = () => queries.invalidateQueries({ queryKey: ["hours"] });
  const save = useMutation({
    mutationFn: async () => {
      const edit = { name: name.trim(), zone, country, subdivision: part, week, own_days: own };
      if (calendar === null) await body(client.POST("/calendars", { body: { id, ...edit } }));
      else await body(client.PATCH("/calendars/{calendar_id}", { params: { path: { calendar_id: id } }, body: edit }));
    },
    onSuccess: async () => {
      await refresh();
      close();
    },
  });
  const load = useMutation({
    mutationFn: async (file: File) =>
      body(
        client.POST("/calendars/{calendar_id}/closed-days", {
          params: { path: { calendar_id: id } },
          body: { text: await file.text() },
        }),
      ),
    onSuccess: async (found) => {
      await refresh();
      toast.done(t("reports.hours.imported", { count: found.added, skipped: found.skipped }));
      close();
    },
    onError: (error) => toast.failure(t("reports.hours.notSaved"), inWords(error)),
  });
  const set = (day: number, spans: Span[]) => setWeek(week.map((old, index) => (index === day ? spans : old)));
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack>
        <TextInput
          label={t("reports.name")}
          required
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <Select
          label={t("reports.hours.zone")}
          searchable
          value={zone}
          onChange={(value) => setZone(value ?? zone)}
          data={Intl.supportedValuesOf("timeZone").concat(zone === "UTC" ? ["UTC"] : [])}
        />
        <fieldset className={classes.days}>
          <legend>{t("reports.hours.week")}</legend>
          {days.map((label, day) => (
            <div key={label} className={classes.day}>
              <span>{label}</span>
              <div>
                {(week[day] ?? []).map((span, index) => (
                  // oxlint-disable-next-line react/no-array-index-key -- spans are told apart by their place alone
                  <span key={index} className={classes.span}>
                    <input
                      aria-label={t("reports.hours.from", { day: label })}
                      value={span.opens}
                      pattern="\d{2}:\d{2}"
                      onChange={(event) =>
                        set(day, (week[day] ?? []).with(index, { ...span, opens: event.currentTarget.value }))
                      }
                    />
                    –
                    <input
                      aria-label={t("reports.hours.until", { day: label })}
                      value={span.closes}
                      pattern="\d{2}:\d{2}"
                      onChange={(event) =>
                        set(day, (week[day] ?? []).with(index, { ...span, closes: event.currentTarget.value }))
                      }
                    />
                    <IconButton
                      label={t("reports.hours.removeSpan", { day: label })}
                      size={26}
                      onClick={() => set(day, (week[day] ?? []).toSpliced(index, 1))}
                    >
                      <IconTrash size={14} />
                    </IconButton>
                  </span>
                ))}
                {(week[day] ?? []).length === 0 && <span className={classes.quiet}>{t("reports.hours.closed")}</span>}
                <IconButton
                  label={t("reports.hours.addSpan", { day: label })}
                  size={26}
                  onClick={() => set(day, [...(week[day] ?? []), { opens: "09:00", closes: "17:00" }])}
                >
                  <IconPlus size={14} />
                </IconButton>
              </div>
            </div>
          ))}
        </fieldset>
        <Select
          label={t("reports.hours.country")}
          description={t("reports.hours.countryText")}
          searchable
          clearable
          value={country === "" ? null : country}
          onChange={(value) => {
            setCountry(value ?? "");
            setPart("");
          }}
          data={countries.map(({ code }) => ({ value: code, label: countryName(code, i18n.language) }))}
        />
        {(countries.find(({ code }) => code === country)?.subdivisions.length ?? 0) > 0 && (
          <Select
            label={t("reports.hours.part")}
            clearable
            searchable
            value={part === "" ? null : part}
            onChange={(value) => setPart(value ?? "")}
            data={countries.find(({ code }) => code === country)?.subdivisions ?? []}
          />
        )}
        <fieldset className={classes.days}>
          <legend>{t("reports.hours.own")}</legend>
          {own.map((day, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- a day being entered has no other name
            <div key={index} className={classes.span}>
              <input
                type="date"
                required
                aria-label={t("reports.hours.date")}
                value={day.date}
                onChange={(event) => setOwn(own.with(index, { ...day, date: event.currentTarget.value }))}
              />
              <input
                aria-label={t("reports.name")}
                placeholder={t("reports.name")}
                value={day.name}
                onChange={(event) => setOwn(own.with(index, { ...day, name: event.currentTarget.value }))}
              />
              <span className={classes.quiet}>
                {day.hours.length === 0
                  ? t("reports.hours.closed")
                  : day.hours.map((span) => `${span.opens}–${span.closes}`).join(", ")}
              </span>
              <IconButton
                label={t("reports.hours.removeDay", { date: day.date })}
                size={26}
                onClick={() => setOwn(own.toSpliced(index, 1))}
              >
                <IconTrash size={14} />
              </IconButton>
            </div>
          ))}
          <div className={classes.span}>
            <Button
              variant="subtle"
              leftSection={<IconPlus size={14} />}
              onClick={() => setOwn([...own, { date: "", name: "", hours: [] }])}
            >
              {t("reports.hours.addDay")}
            </Button>
            {calendar !== null && (
              <FileButton accept=".ics,text/calendar" onChange={(file) => file !== null && load.mutate(file)}>
                {(props) => (
                  <Button variant="subtle" loading={load.isPending} {...props}>
                    {t("reports.hours.import")}
                  </Button>
                )}
              </FileButton>
            )}
          </div>
        </fieldset>
        <p className={classes.quiet}>{t("reports.hours.past")}</p>
        {save.isError && (
          <p role="alert" className={classes.bad}>
            {inWords(save.error)}
          </p>
        )}
        <Button type="submit" loading={save.isPending}>
          {t("reports.save")}
        </Button>
      </Stack>
    </form>
  );
}

const dateName = (date: string, locale: string): string =>
  new Date(`${date}T00:00:00Z`).toLocaleDateString(locale, {
    timeZone: "UTC",
    day: "numeric",
    month: "short",
    year: "numeric",
  });

const countryName = (code: string, locale: string): string =>
  new Intl.DisplayNames(locale, { type: "region" }).of(code) ?? code;
