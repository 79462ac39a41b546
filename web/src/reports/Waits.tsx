/** One wait behind a figure, with the message that began it and the one that ended it. */
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useChannels, usePeople } from "../api/hooks";
import { useTranslation } from "../i18n";
import { ChannelIcon } from "../ui/ChannelIcon";
import { WaitClock } from "../ui/WaitClock";
import { moment } from "./moments";
import { took } from "./numbers";
import type { ReportWait } from "./queries";
import classes from "./reports.module.css";

export function WaitRow({ wait, call }: { wait: ReportWait; call: boolean }) {
  const { t, i18n } = useTranslation();
  const channels = useChannels();
  const people = usePeople();
  const locale = i18n.language;
  // What the figure counts of it: an agent's own clock starts later than the wait, a resolution comes after it.
  const counted = wait.counted ?? wait.seconds;
  // On a telephone line nobody writes: what has no words there is the call itself.
  const silent = channels.get(wait.channel_id)?.kind === "voice" ? "reports.call" : "reports.noText";
  return (
    <li className={classes.wait}>
      <div className={classes.waitLink}>
        <span className={classes.waitWho}>
          <ChannelIcon channelId={wait.channel_id} size={15} />
          <strong>{wait.contact_name === "" ? t("reports.unnamed") : wait.contact_name}</strong>
          <span className={classes.quiet}>{channels.get(wait.channel_id)?.name}</span>
        </span>
        <span className={classes.waitTime}>
          {counted === null ? <WaitClock since={wait.started_at} /> : took(counted, locale)}
          {wait.seconds !== null && counted !== wait.seconds && (
            <small>{t("reports.theWait", { value: took(wait.seconds, locale) })}</small>
          )}
          {wait.business_seconds !== null &&
            wait.business_seconds !== wait.seconds &&
            wait.business_seconds !== counted && (
              <small>
                {wait.business_seconds === 0
                  ? t("reports.outside")
                  : t("reports.inHours", { value: took(wait.business_seconds, locale) })}
              </small>
            )}
        </span>
        <Said conversation={wait.conversation_id} entry={wait.question_id}>
          <At time={wait.started_at} /> {wait.question === "" ? t(call ? "reports.aCall" : silent) : wait.question}
        </Said>
        {wait.ended_at === null ? (
          <span className={classes.waitText} data-answer>
            {t("reports.stillOpen")}
          </span>
        ) : (
          <Said conversation={wait.conversation_id} entry={wait.answer_id ?? wait.question_id} answer>
            <At time={wait.ended_at} />{" "}
            {wait.answered_by !== null && <strong>{people.get(wait.answered_by)?.name}: </strong>}
            {wait.answer !== ""
              ? wait.answer
              : t(
                  call && wait.answered_by === null
                    ? "reports.notAnswered"
                    : `reports.ends.${wait.ended_by ?? "reply"}`,
                )}
          </Said>
        )}
        <span className={classes.tags}>
          {late(wait) && <span data-late>{t("reports.marks.late")}</span>}
          {wait.first && <span>{t("reports.marks.first")}</span>}
          {wait.reopened && <span>{t("reports.marks.reopened")}</span>}
          {wait.initiated_by_us && <span>{t("reports.marks.initiated")}</span>}
        </span>
      </div>
    </li>
  );
}

/** A message of a wait; it opens at its very place in the conversation. */
export function Said({
  conversation,
  entry,
  answer,
  children,
}: {
  conversation: string;
  entry: string;
  answer?: boolean;
  children: ReactNode;
}) {
  return (
    <Link
      to="/inbox/$conversationId"
      params={{ conversationId: conversation }}
      hash={`entry-${entry}`}
      className={classes.waitText}
      data-answer={answer || undefined}
    >
      {children}
    </Link>
  );
}

const late = ({ due_at: due, ended_at: ended }: ReportWait): boolean =>
  due !== null && Date.parse(due) < (ended === null ? Date.now() : Date.parse(ended));

export function At({ time }: { time: string }) {
  const { i18n } = useTranslation();
  return <time dateTime={time}>{moment(time, i18n.language)}</time>;
}
