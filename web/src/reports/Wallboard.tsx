/** What hangs on the wall: who waits now and how long, who is here, and how today goes. Large, live, and it fills the screen. */
import { IconArrowsMaximize } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useRef, useState } from "react";
import { useChannels, useMay, useTeams } from "../api/hooks";
import { useTranslation } from "../i18n";
import { ChannelIcon } from "../ui/ChannelIcon";
import { IconButton } from "../ui/IconButton";
import { Broken, NotAllowed } from "../ui/States";
import { WaitClock } from "../ui/WaitClock";
import { When } from "../ui/When";
import type { Asked } from "./asked";
import { NO_TEAM } from "./query";
import { callsInQueue, main, NONE } from "./numbers";
import { figuresQuery, type Wallboard as Board, wallboardQuery } from "./queries";
import { AgentsIn, QueuedCalls } from "./WallLists";
import classes from "./wallboard.module.css";
import { useFigureWords } from "./words";
import type { Figure, Value } from "./queries";

const STATES = ["available", "ringing", "busy", "wrap_up", "away"] as const;

export function Wallboard() {
  const may = useMay("wallboard_read");
  const found = useQuery(wallboardQuery);
  const figures = useQuery(figuresQuery);
  if (!may) return <NotAllowed />;
  if (found.isError && found.data === undefined)
    return <Broken error={found.error} retry={() => void found.refetch()} />;
  if (found.data === undefined) return <div className={classes.wall} aria-busy="true" />;
  return <Wall board={found.data} figures={figures.data ?? []} stale={found.isError} />;
}

function Wall({ board, figures, stale }: { board: Board; figures: readonly Figure[]; stale: boolean }) {
  const { t, i18n } = useTranslation();
  const channels = useChannels();
  const teams = useTeams();
  const today = new Map(board.today.map((value) => [value.figure, value]));
  const wall = useRef<HTMLDivElement>(null);
  const [shown, show] = useState<(typeof STATES)[number] | "calls" | null>(null);
  const mayCalls = useMay("calls_read");
  const calls = callsInQueue(board);
  const inTeams = board.teams.some((at) => at.id !== null);
  return (
    <div className={classes.wall} ref={wall}>
      <header>
        <h1>
          <Link to="/reports">{t("reports.wallboard")}</Link>
        </h1>
        <span className={stale ? classes.stale : undefined} role="status">
          {stale ? t("reports.stale") : <When at={board.at} as="clock" />}
          <IconButton label={t("reports.wall.full")} onClick={() => void wall.current?.requestFullscreen()}>
            <IconArrowsMaximize size={18} stroke={1.6} />
          </IconButton>
        </span>
      </header>
      <section className={classes.large} aria-label={t("reports.waitingShort")}>
        <div data-tone={board.open.late > 0 ? "late" : board.open.n > 0 ? "wait" : "good"}>
          <strong>
            <Opens asked={{ figure: "waiting" }} n={board.open.n}>
              {board.open.n.toLocaleString(i18n.language)}
            </Opens>
          </strong>
          <span>{t("reports.wall.waiting", { count: board.open.n })}</span>
        </div>
        <div>
          <strong>
            {board.open.oldest === null ? (
              NONE
            ) : (
              <Opens asked={{ figure: "waiting" }} n={board.open.n}>
                <WaitClock since={board.open.oldest} />
              </Opens>
            )}
          </strong>
          <span>{t("reports.wall.longest")}</span>
        </div>
        <div data-tone={board.open.late > 0 ? "late" : undefined}>
          <strong>
            <Opens asked={{ figure: "waiting_late" }} n={board.open.late}>
              {board.open.late.toLocaleString(i18n.language)}
            </Opens>
          </strong>
          <span>{t("reports.wall.late")}</span>
        </div>
        <div>
          <strong>
            <Button opens={mayCalls && calls > 0} onClick={() => show("calls")}>
              {calls.toLocaleString(i18n.language)}
            </Button>
          </strong>
          <span>{t("reports.wall.calls", { count: calls })}</span>
        </div>
      </section>
      <div className={classes.columns}>
        <section>
          <h2>{t("reports.wall.byChannel")}</h2>
          {board.channels.length === 0 && <p>{t("reports.wall.nobody")}</p>}
          <ul>
            {board.channels.map((at) => (
              <li key={at.id ?? ""}>
                <span>
                  {at.id !== null && <ChannelIcon channelId={at.id} size={20} />} {channels.get(at.id ?? "")?.name}
                </span>
                <strong>
                  <Opens asked={{ figure: "waiting", ...(at.id !== null && { channel: [at.id] }) }} n={at.waiting}>
                    {at.waiting.toLocaleString(i18n.language)}
                  </Opens>
                </strong>
                <WaitClock since={at.oldest} />
              </li>
            ))}
          </ul>
          {inTeams && (
            <>
              <h2>{t("reports.by.team")}</h2>
              <ul>
                {board.teams.map((at) => (
                  <li key={at.id ?? ""}>
                    <span>
                      {at.id === null
                        ? t("reports.noTeam")
                        : (teams.find((team) => team.id === at.id)?.name ?? t("reports.gone"))}
                    </span>
                    <strong>
                      <Opens asked={{ figure: "waiting", team: [at.id ?? NO_TEAM] }} n={at.waiting}>
                        {at.waiting.toLocaleString(i18n.language)}
                      </Opens>
                    </strong>
                    <WaitClock since={at.oldest} />
                  </li>
                ))}
              </ul>
            </>
          )}
        </section>
        <section>
          <h2>{t("reports.wall.agents")}</h2>
          <ul>
            {STATES.map((state) => ({ state, here: board.agents.filter((agent) => agent.state === state) }))
              .filter(({ here }) => here.length > 0)
              .map(({ state, here }) => (
                <li key={state} className={classes.people}>
                  <span data-state={state}>{t(`reports.states.${state}`)}</span>
                  <strong>
                    <Button opens onClick={() => show(state)}>
                      {here.length.toLocaleString(i18n.language)}
                    </Button>
                  </strong>
                  <small>{here.map((agent) => `${agent.name} (${agent.open})`).join(", ")}</small>
                </li>
              ))}
          </ul>
        </section>
        <section>
          <h2>{t("reports.wall.today")}</h2>
          <ul>
            {figures
              .filter((figure) => today.has(figure.key))
              .map((figure) => (
                <Today key={figure.key} figure={figure} value={today.get(figure.key)} />
              ))}
          </ul>
        </section>
      </div>
      {shown === "calls" && <QueuedCalls close={() => show(null)} />}
      {shown !== null && shown !== "calls" && (
        <AgentsIn
          state={t(`reports.states.${shown}`)}
          agents={board.agents.filter((agent) => agent.state === shown)}
          close={() => show(null)}
        />
      )}
    </div>
  );
}

function Today({ figure, value }: { figure: Figure; value: Value | undefined }) {
  const { i18n } = useTranslation();
  const { name } = useFigureWords(figure);
  return (
    <li>
      <span>{name}</span>
      <strong>
        <Opens asked={{ period: "today", figure: figure.key }} n={value?.n ?? 0}>
          {main(value, figure.unit, i18n.language)}
        </Opens>
      </strong>
      <small>{figure.unit === "number" ? "" : `n = ${value?.n ?? 0}`}</small>
    </li>
  );
}

interface OpensProps {
  asked: Asked;
  /** How many there are; none open into nothing. */
  n: number;
  children: ReactNode;
}

/** A number that opens a window above the wall. */
function Button({ opens, onClick, children }: { opens: boolean; onClick: () => void; children: ReactNode }) {
  const { t } = useTranslation();
  if (!opens) return children;
  return (
    <button type="button" className={classes.opens} title={t("reports.open")} onClick={onClick}>
      {children}
    </button>
  );
}

/** A number that opens into what it counts, for who may read reports; on a TV it looks like any other. */
function Opens({ asked, n, children }: OpensProps) {
  const { t } = useTranslation();
  const may = useMay("reports_read");
  if (!may || n === 0) return children;
  return (
    <Link
      className={classes.opens}
      to="/reports/$page"
      params={{ page: "waits" }}
      search={asked}
      title={t("reports.open")}
    >
      {children}
    </Link>
  );
}
