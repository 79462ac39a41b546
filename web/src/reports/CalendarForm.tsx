/** One calendar: its week, its country's holidays, own days, days from an iCalendar file. */
import { Button, FileButton, Select, Stack, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { newId } from "../api/ids";
import { inWords } from "../api/problem";
import type { components } from "../api/schema";
import { useTranslation } from "../i18n";
import { IconButton } from "../ui/IconButton";
import { toast } from "../ui/toast";
import classes from "./hours.module.css";
import { countriesQuery } from "./hoursQueries";
import { zoneHere } from "./query";
import { type Span, Spans } from "./Spans";
import { weekdays } from "./weekdays";

type Calendar = components["schemas"]["CalendarView"];
type OwnDay = { date: string; name: string; hours: Span[] };

const WORKDAYS: Span[][] = Array.from({ length: 7 }, (_, day) =>
  day < 5 ? [{ opens: "09:00", closes: "17:00" }] : [],
);

export function CalendarForm({ calendar, close }: { calendar: Calendar | null; close: () => void }) {
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
              <Spans label={label} spans={week[day] ?? []} set={(spans) => set(day, spans)} />
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
              <Spans
                label={day.name || day.date || t("reports.hours.date")}
                spans={day.hours}
                set={(hours) => setOwn(own.with(index, { ...day, hours }))}
              />
              <IconButton
                label={t("reports.hours.removeDay", { date: day.date })}
                size={26}
                onClick={() => setOwn(own.toSpliced(index, 1))}
              >
                <IconX size={14} />
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

const countryName = (code: string, locale: string): string =>
  new Intl.DisplayNames(locale, { type: "region" }).of(code) ?? code;
