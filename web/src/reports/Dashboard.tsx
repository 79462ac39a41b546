/** A manager's first look: figures compared with the period before, how they went, when it is busy, and by whom. */
import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "../i18n";
import { Broken, Empty } from "../ui/States";
import { WaitClock } from "../ui/WaitClock";
import type { Asked } from "./asked";
import { Groups, MoreGroups } from "./Groups";
import { HeatMap } from "./HeatMap";
import { shown } from "./numbers";
import { type Dashboard as Found, dashboardQuery, type Figure, figuresQuery } from "./queries";
import classes from "./reports.module.css";
import { drawnOf } from "./Spark";
import { Tile } from "./Tile";
import { Times } from "./Times";

const FIRST = ["first_response", "reply", "attainment", "waits_begun", "received", "sent"];
const SECTIONS = [
  {
    key: "targets",
    figures: ["resolution_attainment", "service_level_messages", "service_level", "callback_attainment"],
  },
  {
    key: "speed",
    figures: ["first_response_business", "reply_business", "later_reply", "first_answer", "agent_reply"],
  },
  {
    key: "work",
    figures: [
      "first_resolution",
      "full_resolution",
      "requester_wait",
      "returned",
      "closed",
      "handled",
      "customer_reply",
    ],
  },
  {
    key: "calls",
    figures: [
      "calls_received",
      "calls_made",
      "speed_of_answer",
      "abandon_rate",
      "abandoned",
      "missed",
      "callback",
      "called_again",
    ],
  },
  { key: "bots", figures: ["handover", "bot_handed_over", "contained", "containment", "sent_by_bot"] },
] as const;

export function Dashboard({ asked }: { asked: Asked }) {
  const figures = useQuery(figuresQuery);
  const found = useQuery(dashboardQuery(asked, true));
  if (found.isError) return <Broken error={found.error} retry={() => void found.refetch()} />;
  if (figures.isError) return <Broken error={figures.error} retry={() => void figures.refetch()} />;
  if (!found.isSuccess || !figures.isSuccess)
    return (
      <div className={classes.tiles} aria-busy="true">
        {FIRST.map((key) => (
          <Skeleton key={key} height={96} />
        ))}
      </div>
    );
  return <Shown asked={asked} found={found.data} figures={figures.data} old={found.isPlaceholderData} />;
}

interface ShownProps {
  asked: Asked;
  found: Found;
  figures: readonly Figure[];
  old: boolean;
}

function Shown({ asked, found, figures, old }: ShownProps) {
  const { t, i18n } = useTranslation();
  const values = new Map(found.values.map((value) => [value.figure, value]));
  const known = new Map(figures.map((figure) => [figure.key, figure]));
  const tiles = (keys: readonly string[]) =>
    keys.flatMap((key) => {
      const figure = known.get(key);
      if (figure === undefined) return [];
      const drawn = drawnOf(key, found.series.points);
      return [<Tile key={key} figure={figure} value={values.get(key)} asked={asked} drawn={drawn} />];
    });
  const nothing = found.values.every((value) => value.n === 0) && found.open.n === 0;
  return (
    <div className={classes.board} data-old={old || undefined}>
      <Now found={found} asked={asked} />
      {nothing && <Empty title={t("reports.nothing")} text={t("reports.nothingText")} />}
      <section className={classes.tiles} aria-label={t("reports.sections.first")}>
        {tiles(FIRST)}
      </section>
      {!nothing && <Times points={found.series.points} step={found.series.step} asked={asked} />}
      <HeatMap heat={found.heat} asked={asked} />
      {SECTIONS.map((section) => (
        <section key={section.key}>
          <h2>{t(`reports.sections.${section.key}`)}</h2>
          <div className={classes.tiles}>{tiles(section.figures)}</div>
        </section>
      ))}
      <Groups by="channel" groups={found.channels} figures={known} asked={asked} />
      <Groups by="team" groups={found.teams} figures={known} asked={asked} />
      <Groups by="agent" groups={found.agents} figures={known} asked={asked} />
      <MoreGroups asked={asked} figures={known} />
      {found.notes.map((note) => (
        <p key={note} className={classes.note}>
          {note}
        </p>
      ))}
      <p className={classes.note}>
        {t("reports.zone", {
          zone: found.zone,
          from: date(found.span.start, i18n.language),
          to: lastDay(found.span.end, i18n.language),
        })}
      </p>
    </div>
  );
}

/** What is so at this moment, whatever the period. */
function Now({ found, asked }: { found: Found; asked: Asked }) {
  const { t, i18n } = useTranslation();
  const { n, oldest, late } = found.open;
  return (
    <p className={classes.now} role="status">
      {n === 0 ? (
        t("reports.waitingNow", { count: n })
      ) : (
        <Link
          to="/reports/$page"
          params={{ page: "waits" }}
          search={{ ...asked, figure: "waiting" }}
          title={t("reports.open")}
        >
          {t("reports.waitingNow", { count: n })}
        </Link>
      )}
      {oldest !== null && (
        <>
          {" · "}
          {t("reports.oldest")}{" "}
          <Link
            to="/reports/$page"
            params={{ page: "waits" }}
            search={{ ...asked, figure: "waiting" }}
            title={t("reports.open")}
          >
            <WaitClock since={oldest} />
          </Link>
        </>
      )}
      {late > 0 && (
        <>
          {" · "}
          <Link
            className={classes.late}
            to="/reports/$page"
            params={{ page: "waits" }}
            search={{ ...asked, figure: "waiting_late" }}
            title={t("reports.open")}
          >
            {t("reports.late", { count: late })}
          </Link>
        </>
      )}
      {found.behind > 0 && (
        <span className={classes.quiet}>{` · ${t("reports.behind", { count: found.behind })}`}</span>
      )}
      <span className="srOnly">{shown(n, "number", i18n.language)}</span>
    </p>
  );
}

const date = (at: string, locale: string) =>
  new Date(at).toLocaleDateString(locale, { day: "numeric", month: "short", year: "numeric" });
const lastDay = (end: string, locale: string) => date(new Date(Date.parse(end) - 1).toISOString(), locale);
