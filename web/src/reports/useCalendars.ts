/** The calendars that opening hours are counted by now, each with who keeps it. */
import { useQuery } from "@tanstack/react-query";
import { useChannels, useTeams } from "../api/hooks";
import { useTranslation } from "../i18n";
import { calendarsQuery } from "./hoursQueries";

const SHOWN = 3;

export function useCalendars(): readonly string[] {
  const { t } = useTranslation();
  const channels = useChannels();
  const teams = useTeams();
  const found = useQuery(calendarsQuery).data ?? [];
  return found.flatMap((calendar) => {
    const keepers = calendar.used_by.flatMap(({ keeper, keeper_id: id }) => {
      if (keeper === "company") return [t("reports.hours.company")];
      if (keeper === "channel") return channels.get(id ?? "")?.name ?? [];
      return teams.find((team) => team.id === id)?.name ?? [];
    });
    if (keepers.length === 0) return [];
    const names = keepers.slice(0, SHOWN).join(", ");
    return [`${calendar.name} (${keepers.length > SHOWN ? t("reports.andMore", { names }) : names})`];
  });
}
