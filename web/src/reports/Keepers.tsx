/** Who keeps which calendar: the company, each team, each channel. */
import { Select } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { body, client } from "../api/client";
import { useChannels, useTeams } from "../api/hooks";
import { inWords } from "../api/problem";
import type { components } from "../api/schema";
import { useTranslation } from "../i18n";
import settings from "../settings/settings.module.css";
import { toast } from "../ui/toast";
import classes from "./hours.module.css";
import { hoursQuery } from "./hoursQueries";

type Calendar = components["schemas"]["CalendarView"];

/** A channel's own calendar goes before its team's, that before the company's. */
export function Keepers({ calendars, mayWrite }: { calendars: readonly Calendar[]; mayWrite: boolean }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const kept = useQuery(hoursQuery).data ?? [];
  const channels = useChannels();
  const teams = useTeams();
  const choose = useMutation({
    mutationFn: (choice: components["schemas"]["hub__api__hours__Choice"]) =>
      body(client.PUT("/hours", { body: choice })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["hours"] }),
    onError: (error) => toast.failure(t("reports.hours.notSaved"), inWords(error)),
  });
  const rows = [
    { keeper: "company" as const, id: null, label: t("reports.hours.company") },
    ...teams.map((team) => ({ keeper: "team" as const, id: team.id, label: team.name })),
    ...[...channels.values()].map((channel) => ({ keeper: "channel" as const, id: channel.id, label: channel.name })),
  ];
  return (
    <>
      <h3 className={settings.section}>{t("reports.hours.who")}</h3>
      <p className={classes.quiet}>{t("reports.hours.whoText")}</p>
      <ul className={classes.keepers}>
        {rows.map((row) => (
          <li key={`${row.keeper}${row.id ?? ""}`}>
            <span>
              {row.label}
              {row.id !== null && <small>{t(`reports.hours.keepers.${row.keeper}`)}</small>}
            </span>
            <Select
              aria-label={row.label}
              disabled={!mayWrite}
              clearable
              placeholder={t(row.keeper === "company" ? "reports.hours.always" : "reports.hours.inherited")}
              value={kept.find((one) => one.keeper === row.keeper && one.keeper_id === row.id)?.calendar_id ?? null}
              onChange={(value) => choose.mutate({ keeper: row.keeper, keeper_id: row.id, calendar_id: value })}
              data={calendars.map((calendar) => ({ value: calendar.id, label: calendar.name }))}
            />
          </li>
        ))}
      </ul>
    </>
  );
}
