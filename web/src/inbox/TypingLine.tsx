/** Who is writing in this conversation right now. */
import { useTranslation } from "../i18n";
import { useSession } from "../api/hooks";
import { useLiveState } from "../shell/live";
import { useLive } from "../ui/clock";
import classes from "./thread.module.css";

export function TypingLine({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation();
  const me = useSession().user;
  const typing = useLiveState((state) => state.typing);
  const names = useLive((now) =>
    typing
      .filter(
        (item) => item.conversation_id === conversationId && Date.parse(item.until) > now && item.user_id !== me.id,
      )
      .map((item) => item.name || t("list.someone"))
      .join(", "),
  );
  return (
    <p className={classes.typing} aria-live="polite">
      {names !== "" && t("thread.typingBy", { names })}
    </p>
  );
}
