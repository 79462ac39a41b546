/** A day of a thread: its name, then its blocks: the line of news, events and messages. */
import { memo } from "react";
import type { ConversationDetail } from "../api/types";
import { useTranslation } from "../i18n";
import { useLive } from "../ui/clock";
import { dayName } from "../ui/time";
import type { Day } from "./blocks";
import { EventLine } from "./EventLine";
import { Message } from "./Message";
import classes from "./thread.module.css";

export const DayView = memo(function DayView({ day, detail }: { day: Day; detail: ConversationDetail }) {
  const { i18n } = useTranslation();
  const date = new Date(day.at);
  const name = useLive((now) => dayName(date, new Date(now), i18n.language));
  return (
    <section aria-label={name}>
      <div className={classes.day}>
        <time dateTime={day.at.slice(0, 10)}>{name}</time>
      </div>
      {day.blocks.map((block) => (
        <BlockView key={block.key} block={block} detail={detail} />
      ))}
    </section>
  );
});

function BlockView({ block, detail }: { block: Day["blocks"][number]; detail: ConversationDetail }) {
  const { t } = useTranslation();
  switch (block.kind) {
    case "new":
      return (
        <div className={classes.newLine} data-new-line>
          <span>{t("thread.newSince")}</span>
        </div>
      );
    case "event":
      return <EventLine entry={block.entry} />;
    case "message":
      return <Message block={block} detail={detail} />;
  }
}
