/** One block of a thread: a day, the line of news, an event or a message. */
import { memo } from "react";
import type { ConversationDetail } from "../api/types";
import { useTranslation } from "../i18n";
import { useLive } from "../ui/clock";
import { dayName } from "../ui/time";
import type { Block } from "./blocks";
import { EventLine } from "./EventLine";
import { Message } from "./Message";
import classes from "./thread.module.css";

export const BlockView = memo(function BlockView({ block, detail }: { block: Block; detail: ConversationDetail }) {
  const { t } = useTranslation();
  switch (block.kind) {
    case "day":
      return <Day at={block.at} />;
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
});

function Day({ at }: { at: string }) {
  const { i18n } = useTranslation();
  const date = new Date(at);
  const name = useLive((now) => dayName(date, new Date(now), i18n.language));
  return (
    <div className={classes.day}>
      <time dateTime={at.slice(0, 10)}>{name}</time>
    </div>
  );
}
