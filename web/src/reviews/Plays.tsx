/** The log of plays: who heard or wanted to hear which seconds, when, from where and why. */
import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { usePeople } from "../api/hooks";
import { useTranslation } from "../i18n";
import { Broken, RowSkeletons } from "../ui/States";
import { duration, full } from "../ui/time";
import { playsQuery } from "./queries";
import classes from "./reviews.module.css";

/** Of one call; without one of all calls, each with the way to it. */
export function Plays({ callId }: { callId?: string }) {
  const { t, i18n } = useTranslation();
  const people = usePeople();
  const log = useInfiniteQuery(playsQuery(callId));
  if (log.isPending) return <RowSkeletons rows={3} />;
  if (log.isError) return <Broken error={log.error} retry={() => void log.refetch()} />;
  const plays = log.data.pages.flatMap((page) => page.items);
  if (plays.length === 0) return <p className={classes.quiet}>{t("reviews.log.none")}</p>;
  return (
    <>
      <ul className={classes.threads}>
        {plays.map((play) => (
          <li key={play.id} className={classes.logLine} data-kind={play.kind}>
            <strong>{play.user_id === null ? play.program : (people.get(play.user_id)?.name ?? "—")}</strong>
            <span>{t(`reviews.log.${play.kind}`)}</span>
            <time dateTime={play.at}>{full(new Date(play.at), i18n.language)}</time>
            {play.heard.length > 0 && (
              <span title={play.heard.map(([start = 0, end = 0]) => `${duration(start)}–${duration(end)}`).join(", ")}>
                {t("reviews.log.heard", { time: duration(play.heard_seconds) })}
              </span>
            )}
            {play.address !== "" && <small>{play.address}</small>}
            {callId === undefined && (
              <Link to="/reviews/$callId" params={{ callId: play.call_id }}>
                {t("reviews.openCall")}
              </Link>
            )}
            {play.reason !== "" && <p>{play.reason}</p>}
          </li>
        ))}
      </ul>
      {log.hasNextPage && (
        <Button variant="default" loading={log.isFetchingNextPage} onClick={() => void log.fetchNextPage()}>
          {t("reviews.moreLines")}
        </Button>
      )}
    </>
  );
}
