/** Draws what an entry consists of, by its kind of content. */
import { lazy, Suspense } from "react";
import type { ConversationDetail, Interaction } from "../../api/types";
import { useTranslation, withTexts } from "../../i18n";
import classes from "../message.module.css";
import { Attachments } from "./Attachments";
import { ContactCard, Invite, Location, Poll, Pressed, Unsupported } from "./cards";
import { record, text } from "./data";
import { MailSheet } from "./MailSheet";
import { OriginLines } from "./OriginLines";
import { originOf } from "./origin";
import { Words } from "./Words";

const CallCard = lazy(withTexts(["calls"], () => import("../../calls/CallCard")));
const HandoverNote = lazy(withTexts(["bots"], () => import("../../bots/HandoverNote")));
const Formatted = lazy(() => import("./Formatted"));

interface ContentProps {
  entry: Interaction;
  album: readonly Interaction[];
  detail: ConversationDetail;
}

export function Content({ entry, album, detail }: ContentProps) {
  const { t } = useTranslation();
  if (entry.deleted_at !== null) return <p className={classes.deleted}>{t("message.deleted")}</p>;
  if (entry.content === "mail" || (entry.content === "invite" && entry.subject !== ""))
    return <MailSheet entry={entry} detail={detail} />;
  const call = text(entry.data, "call");
  if (entry.kind === "call" && call !== "")
    return (
      <Suspense fallback={null}>
        <CallCard callId={call} />
      </Suspense>
    );
  const summary = record(entry.data.bot_summary);
  if (text(summary, "reason") !== "")
    return (
      <Suspense fallback={<Words text={entry.text} />}>
        <HandoverNote summary={summary} />
      </Suspense>
    );
  const origin = originOf(entry.data);
  const files = album.flatMap((item) => item.attachments).filter((file) => !file.inline || !entry.has_html);
  return (
    <>
      <Around entry={entry} />
      <Attachments files={files} sticker={entry.content === "sticker"} />
      <Kind entry={entry} drawn={files.some((file) => /^(image|video)\//.test(file.media_type))} />
      {origin !== null && <OriginLines origin={origin} />}
      {album.slice(1).map((item) => item.text !== "" && <Words key={item.id} text={item.text} />)}
    </>
  );
}

function Kind({ entry, drawn }: { entry: Interaction; drawn: boolean }) {
  switch (entry.content) {
    case "location":
      return <Location data={entry.data} fallback={entry.text} />;
    case "contact_card":
      return <ContactCard data={entry.data} />;
    case "poll":
      return <Poll data={entry.data} />;
    case "invite":
      return <Invite data={entry.data} />;
    case "button":
      return <Pressed label={text(entry.data, "label") || entry.text} more={text(entry.data, "description")} />;
    case "unsupported":
      return <Unsupported entry={entry} />;
    case "sticker":
      return drawn ? null : <span className={classes.sticker}>{entry.text || text(entry.data, "emoji")}</span>;
    default:
      if (entry.text === "") return null;
      return entry.has_html ? (
        <Suspense fallback={<Words text={entry.text} />}>
          <Formatted entry={entry} />
        </Suspense>
      ) : (
        <Words text={entry.text} />
      );
  }
}

/** What stands around a message: where it was forwarded from, what it answers. */
function Around({ entry }: { entry: Interaction }) {
  const { t } = useTranslation();
  const from = text(entry.data, "forwarded_from");
  const quote = text(entry.data, "quote");
  const scrollTo = (id: string) =>
    document.getElementById(`entry-${id}`)?.scrollIntoView({ block: "center", behavior: "smooth" });
  return (
    <>
      {(from !== "" || entry.data.forwarded === true) && (
        <p className={classes.forwarded}>
          {from === "" ? t("message.forwarded") : t("message.forwardedFrom", { name: from })}
        </p>
      )}
      {entry.reply_to !== null && (
        <button
          type="button"
          className={classes.quote}
          onClick={() => entry.reply_to !== null && scrollTo(entry.reply_to.id)}
        >
          <strong>{entry.reply_to.author_name}</strong>
          <span>{quote || entry.reply_to.preview || t("list.noText")}</span>
        </button>
      )}
      {entry.reply_to === null && quote !== "" && (
        <blockquote className={classes.quote}>
          <span>{quote}</span>
        </blockquote>
      )}
    </>
  );
}
