/** One figure: what it is, its number in large, how many it is made of, how it moved, and the way to what is behind it. */
import { Tooltip } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { IconInfoCircle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "../i18n";
import { useChannels } from "../api/hooks";
import { span } from "../ui/time";
import type { Asked } from "./asked";
import { targetsQuery } from "./hoursQueries";
import { change, main, NONE, shown } from "./numbers";
import type { Figure, Value } from "./queries";
import classes from "./reports.module.css";
import { Spark } from "./Spark";
import { useCalendars } from "./useCalendars";
import { useFigureWords } from "./words";

/** What targets want of a service level. */
function Wanted({ figure, asked }: { figure: Figure; asked: Asked }) {
  const { t, i18n } = useTranslation();
  const channels = useChannels();
  const level = figure.key.startsWith("service_level");
  const targets = useQuery({ ...targetsQuery, enabled: level }).data ?? [];
  if (!level) return null;
  const covered = new Set<string>();
  return targets.flatMap((target) => {
    const goal = target.goals.find(({ metric }) => metric === "service_level");
    const fits = (id: string) =>
      (channels.get(id)?.kind === "voice") === (figure.key === "service_level") &&
      (asked.channel === undefined || asked.channel.includes(id)) &&
      !covered.has(id);
    const here = (target.channels.length > 0 ? target.channels : [...channels.keys()]).filter(fits);
    if (goal === undefined || !target.active || here.length === 0) return [];
    // The first target that fits counts: what it covers alone no later one is about.
    if ([target.teams, target.priorities, target.tags, target.segments].every((some) => some.length === 0))
      for (const id of here) covered.add(id);
    return [
      <span key={target.id} className={classes.tileMore}>
        {t("reports.wanted", {
          share: shown(target.share, "share", i18n.language),
          time: span(goal.seconds * 1000, i18n.language),
          name: target.name,
        })}
      </span>,
    ];
  });
}

interface TileProps {
  figure: Figure;
  value: Value | undefined;
  asked: Asked;
  /** How it went, step by step. */
  drawn?: readonly (number | null)[] | undefined;
}

export function Tile({ figure, value, asked, drawn }: TileProps) {
  const { t, i18n } = useTranslation();
  const { name, formula } = useFigureWords(figure);
  const locale = i18n.language;
  const calendars = useCalendars();
  const byCalendar =
    calendars.length === 0 ? t("reports.calendarNone") : t("reports.calendarOf", { calendars: calendars.join(", ") });
  const moved = value === undefined ? null : change(value, figure, locale);
  const number = main(value, figure.unit, locale);
  return (
    <div className={classes.tile} data-figure={figure.key}>
      <span className={classes.tileName}>
        {name}
        <Tooltip label={figure.business ? `${formula} ${byCalendar}` : formula} multiline w={280}>
          <Link
            className={classes.tileInfo}
            to="/reports/$page"
            params={{ page: "definitions" }}
            search={asked}
            hash={figure.link.split("#")[1] ?? ""}
            aria-label={t("reports.definition", { name })}
          >
            <IconInfoCircle size={14} stroke={1.6} />
          </Link>
        </Tooltip>
      </span>
      {value !== undefined && value.n > 0 ? (
        <Link
          className={classes.tileNumber}
          to="/reports/$page"
          params={{ page: "waits" }}
          search={{ ...asked, figure: figure.key }}
          title={t("reports.open")}
        >
          {number}
        </Link>
      ) : (
        <span className={classes.tileNumber}>{number}</span>
      )}
      <span className={classes.tileMore}>
        {figure.unit === "seconds" && value !== undefined && value.n > 0 && (
          <>
            <Link
              className={classes.plain}
              to="/reports/$page"
              params={{ page: "waits" }}
              search={{ ...asked, figure: figure.key, at_least: Math.floor(value.p90 ?? 0) }}
              title={t("reports.slowTenth")}
            >
              {t("reports.ninety", { value: shown(value.p90, "seconds", locale) })}
            </Link>
            {" · "}
            {value.value === null ? (
              <span title={t("reports.meanText")}>
                {t("reports.mean", { value: shown(value.mean, "seconds", locale) })}
              </span>
            ) : (
              t("reports.half", { value: shown(value.p50, "seconds", locale) })
            )}
            {" · "}
            {t("reports.longest", { value: shown(value.longest, "seconds", locale) })}
          </>
        )}
        {figure.unit !== "number" && (
          <span className={classes.n}>n = {value === undefined ? NONE : value.n.toLocaleString(locale)}</span>
        )}
      </span>
      <Wanted figure={figure} asked={asked} />
      {moved !== null && (
        <span className={classes.moved} data-tone={moved.tone}>
          {t(moved.words === "" ? "reports.beforeOnly" : "reports.moved", {
            change: moved.points ? t("reports.points", { value: moved.words }) : moved.words,
            before: main(value?.before ?? undefined, figure.unit, locale),
          })}
        </span>
      )}
      {drawn !== undefined && <Spark values={drawn} />}
    </div>
  );
}
