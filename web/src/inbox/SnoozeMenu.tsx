/** Snoozing: out of sight until a time, or until the customer writes. */
import { Button, Popover, TextInput, UnstyledButton } from "@mantine/core";
import { IconClock } from "@tabler/icons-react";
import { useState } from "react";
import type { ConversationRow } from "../api/types";
import { useTranslation } from "../i18n";
import { useShortcut } from "../shell/shortcuts";
import { useLive } from "../ui/clock";
import { clock, when } from "../ui/time";
import { useChangeConversation } from "./changeConversation";
import { snoozeTimes } from "./snooze";
import classes from "./thread.module.css";

/** A moment as `<input type="datetime-local">` wants it: local, without a zone. */
export function localInput(at: Date): string {
  const shifted = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

export function SnoozeMenu({ row, compact }: { row: ConversationRow; compact: boolean }) {
  const { t, i18n } = useTranslation();
  const [open, setOpen] = useState(false);
  const [own, setOwn] = useState("");
  const { mutate } = useChangeConversation(row);
  useShortcut("snooze", () => setOpen(true));
  const now = new Date(useLive((at) => at - (at % 60_000)));
  const snooze = (until: Date | null) => {
    setOpen(false);
    mutate({ state: "snoozed", snoozed_until: until === null ? null : until.toISOString() });
  };
  const ownTime = own === "" ? null : new Date(own);
  return (
    <Popover opened={open} onChange={setOpen} width={280} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="default"
          leftSection={compact ? undefined : <IconClock size={16} />}
          px={compact ? 8 : 12}
          aria-label={t("snooze.title")}
          onClick={() => setOpen(!open)}
        >
          {compact ? <IconClock size={18} /> : t("snooze.title")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={4}>
        {row.state === "snoozed" && (
          <UnstyledButton
            className={classes.snooze}
            onClick={() => {
              setOpen(false);
              mutate({ state: "open" });
            }}
          >
            {t("snooze.wake")}
          </UnstyledButton>
        )}
        {snoozeTimes(now).map((choice) => (
          <UnstyledButton key={choice.name} className={classes.snooze} onClick={() => snooze(choice.until)}>
            {t(`snooze.${choice.name}`)}
            <small className="tabular">
              {choice.name === "laterToday"
                ? clock(choice.until, i18n.language)
                : `${when(choice.until, now, i18n.language)}, ${clock(choice.until, i18n.language)}`}
            </small>
          </UnstyledButton>
        ))}
        <UnstyledButton className={classes.snooze} onClick={() => snooze(null)}>
          {t("snooze.untilReply")}
        </UnstyledButton>
        <form
          className={classes.snoozeOwn}
          onSubmit={(event) => {
            event.preventDefault();
            if (ownTime !== null) snooze(ownTime);
          }}
        >
          <TextInput
            label={t("snooze.own")}
            type="datetime-local"
            min={localInput(now)}
            value={own}
            onChange={(event) => setOwn(event.currentTarget.value)}
          />
          <Button type="submit" fullWidth mt={8} disabled={ownTime === null || ownTime <= now}>
            {t("snooze.set")}
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
