/** What a report is about, above it: the period, and whose figures. All of it is in the address bar. */
import { Button, MultiSelect, Popover, Select, Stack, TextInput } from "@mantine/core";
import { IconFilter } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useChannels, useMay, usePeople, useTeams } from "../api/hooks";
import { useTranslation } from "../i18n";
import { type Asked, DEFAULT_PERIOD, PERIODS, type PeriodName } from "./asked";
import { figuresQuery } from "./queries";
import { NO_TEAM } from "./query";
import { useGone } from "./Warnings";
import classes from "./reports.module.css";

interface FiltersProps {
  asked: Asked;
  ask: (next: Asked) => void;
  /** The reader's own figures: there is nobody else's to choose. */
  own: boolean;
}

export function Filters({ asked, ask, own: alone }: FiltersProps) {
  const { t } = useTranslation();
  const channels = useChannels();
  const teams = useTeams();
  const people = usePeople();
  const all = useMay("reports_read") && !alone;
  const figures = useQuery(figuresQuery).data ?? [];
  const lost = useGone(asked);
  const deleted = (ids: readonly string[] | undefined) =>
    (ids ?? []).filter((id) => lost.includes(id)).map((id) => ({ value: id, label: t("reports.gone") }));
  const whenever = figures.some((figure) => figure.key === asked.figure && figure.cohort === "now");
  const change = (part: Partial<Record<keyof Asked, unknown>>) => ask({ ...asked, ...part } as Asked);
  const own = asked.from !== undefined;
  const chosen = [asked.channel, asked.team, asked.agent, asked.tag, asked.source].filter((part) => part !== undefined);
  return (
    <div className={classes.filters}>
      {!whenever && (
        <Select
          aria-label={t("reports.period")}
          w={170}
          value={own ? "own" : (asked.period ?? DEFAULT_PERIOD)}
          onChange={(value) => {
            const { from: _from, to: _to, period: _period, ...rest } = asked;
            if (value === "own") ask({ ...rest, from: day(-6), to: day(0) });
            else ask({ ...rest, period: value as PeriodName });
          }}
          data={[
            ...PERIODS.map((name) => ({ value: name as string, label: t(`reports.periods.${name}`) })),
            { value: "own", label: t("reports.periods.own") },
          ]}
        />
      )}
      {own && !whenever && (
        <>
          <input
            type="date"
            className={classes.date}
            aria-label={t("reports.from")}
            value={asked.from}
            max={asked.to}
            onChange={(event) => event.currentTarget.value !== "" && change({ from: event.currentTarget.value })}
          />
          <input
            type="date"
            className={classes.date}
            aria-label={t("reports.to")}
            value={asked.to}
            min={asked.from}
            onChange={(event) => event.currentTarget.value !== "" && change({ to: event.currentTarget.value })}
          />
        </>
      )}
      {all && (
        <Popover position="bottom-start" width={300}>
          <Popover.Target>
            <Button variant="default" leftSection={<IconFilter size={16} stroke={1.6} />}>
              {chosen.length === 0 ? t("reports.filter") : t("reports.filterOn", { count: chosen.length })}
            </Button>
          </Popover.Target>
          <Popover.Dropdown>
            <Stack gap="sm">
              <MultiSelect
                label={t("reports.channels")}
                data={[
                  ...[...channels.values()].map((channel) => ({ value: channel.id, label: channel.name })),
                  ...deleted(asked.channel),
                ]}
                value={asked.channel ?? []}
                onChange={(value) => change({ channel: some(value) })}
                comboboxProps={{ withinPortal: false }}
                clearable
              />
              <MultiSelect
                label={t("reports.teams")}
                data={[
                  ...teams.map((team) => ({ value: team.id, label: team.name })),
                  { value: NO_TEAM, label: t("reports.noTeam") },
                  ...deleted(asked.team),
                ]}
                value={asked.team ?? []}
                onChange={(value) => change({ team: some(value) })}
                comboboxProps={{ withinPortal: false }}
                clearable
              />
              <MultiSelect
                label={t("reports.agents")}
                data={[
                  ...[...people.values()].map((user) => ({ value: user.id, label: user.name })),
                  ...deleted(asked.agent),
                ]}
                value={asked.agent ?? []}
                onChange={(value) => change({ agent: some(value) })}
                comboboxProps={{ withinPortal: false }}
                clearable
                disabled={asked.tag !== undefined || asked.source !== undefined}
              />
              <TextInput
                label={t("reports.tag")}
                defaultValue={asked.tag ?? ""}
                disabled={asked.source !== undefined || asked.agent !== undefined}
                onBlur={(event) => change({ tag: event.currentTarget.value.trim() || undefined })}
              />
              <TextInput
                label={t("reports.source")}
                defaultValue={asked.source ?? ""}
                disabled={asked.tag !== undefined || asked.agent !== undefined}
                onBlur={(event) => change({ source: event.currentTarget.value.trim() || undefined })}
              />
              {chosen.length > 0 && (
                <Button
                  variant="subtle"
                  onClick={() => {
                    const { channel: _c, team: _t, agent: _a, tag: _g, source: _s, ...rest } = asked;
                    ask(rest);
                  }}
                >
                  {t("reports.clear")}
                </Button>
              )}
            </Stack>
          </Popover.Dropdown>
        </Popover>
      )}
    </div>
  );
}

const some = (list: string[]): string[] | undefined => (list.length === 0 ? undefined : list);

function day(offset: number): string {
  const at = new Date();
  at.setDate(at.getDate() + offset);
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, "0")}-${String(at.getDate()).padStart(2, "0")}`;
}
