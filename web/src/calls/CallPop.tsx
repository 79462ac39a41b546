/** Who calls, what was last, what is open: before anybody answers. */
import { Button } from "@mantine/core";
import { IconPhone, IconPhoneOff } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "../i18n";
import { ChannelIcon } from "../ui/ChannelIcon";
import { When } from "../ui/When";
import classes from "./dock.module.css";
import { onPhone } from "./phone";
import type { Pop } from "./queries";

/** `here`: it rings in this browser, so it can be answered at the screen. */
export function CallPop({ pop, here }: { pop: Pop; here: boolean }) {
  const { t } = useTranslation();
  const { call } = pop;
  const open = pop.open.filter((row) => row.id !== call.conversation_id);
  const name = call.withheld ? t("calls.withheld") : call.contact_name;
  return (
    <section className={classes.pop} role="alertdialog" aria-label={t("calls.ringsFrom", { name })}>
      <header>
        <span className={classes.pulse} aria-hidden>
          <IconPhone size={20} stroke={1.6} />
        </span>
        <div>
          <strong>{name}</strong>
          <small>{call.withheld || call.address === name ? t("calls.ringsNow") : call.address}</small>
        </div>
      </header>
      {pop.owed && <p className={classes.owed}>{t("calls.isOwed")}</p>}
      {pop.last.length > 0 && (
        <div className={classes.about}>
          <h3>{t("calls.popLast")}</h3>
          <ul>
            {pop.last.map((entry) => (
              <li key={entry.id}>
                <ChannelIcon channelId={entry.channel_id} size={14} />
                <span>{entry.text === "" ? t(entry.kind === "call" ? "calls.aCall" : "calls.entry") : entry.text}</span>
                <When at={entry.occurred_at} as="ago" />
              </li>
            ))}
          </ul>
        </div>
      )}
      {open.length > 0 && (
        <div className={classes.about}>
          <h3>{t("calls.popOpen")}</h3>
          <ul>
            {open.map((row) => (
              <li key={row.id}>
                <ChannelIcon channelId={row.channel_id} size={14} />
                <Link to="/inbox/$conversationId" params={{ conversationId: row.id }}>
                  {row.subject === "" ? row.last_preview : row.subject}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      )}
      <footer>
        {here ? <Take /> : <p>{t("calls.pickUp")}</p>}
        <Link to="/inbox/$conversationId" params={{ conversationId: call.conversation_id }}>
          {t("calls.openConversation")}
        </Link>
      </footer>
    </section>
  );
}

/** Takes the call or refuses it. The keyboard is there at once, unless somebody is writing. */
export function Take() {
  const { t } = useTranslation();
  const answer = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const at = document.activeElement;
    const writes = at instanceof HTMLElement && (at.isContentEditable || at.matches("input, textarea, select"));
    if (!writes) answer.current?.focus();
  }, []);
  return (
    <>
      <Button
        ref={answer}
        className={classes.take ?? ""}
        leftSection={<IconPhone size={16} />}
        onClick={() => onPhone({ do: "answer" })}
      >
        {t("calls.answer")}
      </Button>
      <Button
        color="red"
        variant="light"
        leftSection={<IconPhoneOff size={16} />}
        onClick={() => onPhone({ do: "hangUp" })}
      >
        {t("calls.decline")}
      </Button>
    </>
  );
}
