/** The hours of the week: how much comes in, or how long customers wait. Each hour opens what is behind it. */
import { SegmentedControl } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type KeyboardEvent, useMemo, useState } from "react";
import { useTranslation } from "../i18n";
import type { Asked } from "./asked";
import classes from "./heatmap.module.css";
import { clockHour } from "./moments";
import { NONE, shown } from "./numbers";
import type { HeatCell, HeatMap as Heat } from "./queries";
import reports from "./reports.module.css";
import { weekdays } from "./weekdays";

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
};

export function HeatMap({ heat, asked }: { heat: Heat; asked: Asked }) {
  const { t, i18n } = useTranslation();
  const [by, setBy] = useState<"received" | "p50">("received");
  const locale = i18n.language;
  const days = useMemo(() => weekdays(locale), [locale]);
  const { cells } = heat;
  const top = cells.reduce<HeatCell | null>(
    (best, cell) => ((cell[by] ?? -1) > (best?.[by] ?? -1) ? cell : best),
    null,
  );
  if (cells.length === 0) return null;
  return (
    <figure className={reports.heat}>
      <figcaption>
        <h2>{t("reports.heat")}</h2>
        <SegmentedControl
          size="xs"
          aria-label={t("reports.heat")}
          value={by}
          onChange={(value) => setBy(value as "received" | "p50")}
          data={[
            { value: "received", label: t("reports.received") },
            { value: "p50", label: t("reports.replies") },
          ]}
        />
        {top !== null && (
          <p>
            {t(by === "received" ? "reports.busiest" : "reports.slowest", {
              day: days[top.weekday] ?? "",
              hour: clockHour(top.hour).slice(0, 5),
              value: shown(top[by], by === "p50" ? "seconds" : "number", locale),
            })}
          </p>
        )}
      </figcaption>
      <Grid heat={heat} by={by} days={days} asked={asked} most={top?.[by] ?? 0} />
    </figure>
  );
}

interface GridProps {
  heat: Heat;
  by: "received" | "p50";
  days: readonly string[];
  asked: Asked;
  most: number;
}

/** One stop of the Tab key; arrows go from hour to hour. */
function Grid({ heat, by, days, asked, most }: GridProps) {
  const { t } = useTranslation();
  const at = new Map(heat.cells.map((cell) => [cell.weekday * 24 + cell.hour, cell]));
  const first = heat.cells[0];
  const [place, setPlace] = useState<readonly [number, number]>([first?.weekday ?? 0, first?.hour ?? 0]);
  const move = (event: KeyboardEvent<HTMLTableElement>) => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = [(place[0] + step[0] + 7) % 7, (place[1] + step[1] + 24) % 24] as const;
    setPlace(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-place="${next[0]}-${next[1]}"]`)?.focus();
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-to-interactive-role -- a table is how a grid is marked up
    <table className={classes.grid} role="grid" aria-label={t("reports.heat")} onKeyDown={move}>
      <thead>
        <tr>
          <th scope="col">
            <span className="srOnly">{t("reports.narrow.day")}</span>
          </th>
          {HOURS.map((hour) => (
            <th key={hour} scope="col" aria-label={clockHour(hour)}>
              {hour % 3 === 0 ? hour : ""}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {days.map((day, weekday) => (
          <tr key={day}>
            <th scope="row">{day}</th>
            {HOURS.map((hour) => (
              <Cell
                key={hour}
                cell={at.get(weekday * 24 + hour)}
                by={by}
                most={most}
                words={`${day} ${clockHour(hour)}`}
                place={[weekday, hour]}
                stop={place[0] === weekday && place[1] === hour}
                here={() => setPlace([weekday, hour])}
                search={{
                  ...asked,
                  figure: by === "received" ? "received" : "reply",
                  since: heat.span.start,
                  until: heat.span.end,
                  weekday,
                  hour,
                }}
              />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface CellProps {
  cell: HeatCell | undefined;
  by: "received" | "p50";
  most: number;
  words: string;
  place: readonly [number, number];
  stop: boolean;
  here: () => void;
  search: Asked;
}

function Cell({ cell, by, most, words, place, stop, here, search }: CellProps) {
  const { i18n } = useTranslation();
  const value = cell?.[by] ?? null;
  const said = `${words}: ${value === null ? NONE : shown(value, by === "p50" ? "seconds" : "number", i18n.language)}`;
  const shared = {
    "data-place": `${place[0]}-${place[1]}`,
    "aria-label": said,
    title: said,
    tabIndex: stop ? 0 : -1,
    onFocus: here,
  };
  if (value === null || value === 0)
    return (
      <td>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- arrows pass through empty hours, too */}
        <span {...shared} role="img" className={classes.none} />
      </td>
    );
  const share = most === 0 ? 0 : Math.round((value / most) * 100);
  return (
    <td>
      <Link
        {...shared}
        to="/reports/$page"
        params={{ page: "waits" }}
        search={search}
        className={classes.cell}
        data-by={by}
        style={{ "--share": `${share}%` } as React.CSSProperties}
      />
    </td>
  );
}
