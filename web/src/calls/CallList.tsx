/** Calls, the newest first; a row opens to what happened and what was recorded. */
import { Button } from "@mantine/core";
import { IconPhone, IconPhoneIncoming, IconPhoneOutgoing } from "@tabler/icons-react";
import { useInfiniteQuery, useQueries } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useMay, usePeople } from "../api/hooks";
import { useTranslation } from "../i18n";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import { span } from "../ui/time";
import { When } from "../ui/When";
import classes from "./calls.module.css";
import { Recordings } from "./Recordings";
import { type Call, callsQuery, type Score, scoresQuery } from "./queries";
import type { CallSearch } from "./search";

export function CallList({ search }: { search: CallSearch }) {
  const { t } = useTranslation();
  const list = useInfiniteQuery(callsQuery(search));
  const mayScores = useMay("reviews_read");
  const pages = list.data?.pages ?? [];
  const calls = pages.flatMap((page) => page.items);
  const scores = useQueries({
    queries: pages.map((page) => scoresQuery(mayScores ? page.items.map(({ id }) => id) : [])),
    combine: (found) => new Map(found.flatMap(({ data = [] }) => data.map((score) => [score.call_id, score] as const))),
  });
  if (list.isPending) return <RowSkeletons />;
  if (list.isError) return <Broken error={list.error} retry={() => void list.refetch()} />;
  if (calls.length === 0)
    return (
      <div className={classes.nothing}>
        <Empty icon={<IconPhone size={28} stroke={1.5} />} title={t("calls.none")} text={t("calls.noneText")} />
      </div>
    );
  return (
    <>
      <ul className={classes.list}>
        {calls.map((call) => (
          <Row key={call.id} call={call} score={scores.get(call.id)} />
        ))}
      </ul>
      {list.hasNextPage && (
        <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          {t("calls.more")}
        </Button>
      )}
    </>
  );
}

/** Whether somebody should look: a customer who reached nobody. */
export const tone = (call: Call): "bad" | "live" | "plain" =>
  call.state !== "ended" ? "live" : call.missed || call.outcome === "voicemail" ? "bad" : "plain";

function Row({ call, score }: { call: Call; score: Score | undefined }) {
  const { t, i18n } = useTranslation();
  const people = usePeople();
  const [open, setOpen] = useState(false);
  const Direction = call.direction === "inbound" ? IconPhoneIncoming : IconPhoneOutgoing;
  const direction = t(`calls.directions.${call.direction === "inbound" ? "inbound" : "outbound"}`);
  const names = call.agents.map((id) => people.get(id)?.name ?? "").filter((name) => name !== "");
  const state = call.outcome === null ? t(`calls.states.${call.state}`) : t(`calls.outcomes.${call.outcome}`);
  return (
    <li>
      <button type="button" className={classes.row} aria-expanded={open} onClick={() => setOpen((now) => !now)}>
        <span className={classes.icon} data-tone={tone(call)} role="img" aria-label={direction} title={direction}>
          <Direction size={18} stroke={1.6} aria-hidden />
        </span>
        <span className={classes.who}>
          <strong>{call.withheld ? t("calls.withheld") : call.contact_name}</strong>
          <small>{call.withheld || call.contact_name === call.address ? "" : call.address}</small>
        </span>
        <span className={classes.outcome} data-tone={tone(call)}>
          {state}
        </span>
        <span className={classes.agents}>
          {names.join(", ")}
          {typeof score?.score === "number" && (
            <small className={classes.score} data-tone={score.failed ? "bad" : "plain"}>
              {t("calls.score", { percent: score.score })}
              {score.appealed && ` · ${t("reviews.appealed")}`}
            </small>
          )}
        </span>
        <span className={classes.length}>{call.talked > 0 ? span(call.talked * 1000, i18n.language) : "—"}</span>
        <When at={call.began_at} className={classes.when ?? ""} />
      </button>
      {open && <Whole call={call} />}
    </li>
  );
}

function Whole({ call }: { call: Call }) {
  const { t, i18n } = useTranslation();
  const mayReview = useMay("reviews_read");
  const facts = [
    [t("calls.waited"), call.waited === null ? "—" : span(call.waited * 1000, i18n.language)],
    [t("calls.talked"), call.talked === 0 ? "—" : span(call.talked * 1000, i18n.language)],
    ...(call.held > 0 ? [[t("calls.held"), span(call.held * 1000, i18n.language)]] : []),
    [t("calls.to"), call.our_address],
    ...(call.result === "" ? [] : [[t("calls.result"), call.result]]),
    ...(call.reason === "" ? [] : [[t("calls.reason"), call.reason]]),
  ] as const;
  return (
    <div className={classes.whole}>
      <dl>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {call.recordings.length > 0 && <Recordings callId={call.id} />}
      {mayReview && call.recordings.length > 0 && (
        <Link to="/reviews/$callId" params={{ callId: call.id }}>
          {t("calls.openReview")}
        </Link>
      )}
      <Link to="/inbox/$conversationId" params={{ conversationId: call.conversation_id }}>
        {t("calls.openConversation")}
      </Link>
    </div>
  );
}
