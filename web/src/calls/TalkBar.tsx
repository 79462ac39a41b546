/** The call that is talked on, docked: its length and all that can be done with it; and what is written after it. */
import { Button } from "@mantine/core";
import {
  IconDialpad,
  IconMicrophone,
  IconMicrophoneOff,
  IconPhone,
  IconPhoneOff,
  IconPlayerPause,
  IconPlayerPlay,
} from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useChannels, useSession } from "../api/hooks";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { useLive } from "../ui/clock";
import { IconButton } from "../ui/IconButton";
import { toast } from "../ui/toast";
import { Take } from "./CallPop";
import { clock } from "./clock";
import classes from "./dock.module.css";
import { Keypad } from "./Keypad";
import { Notes } from "./Notes";
import { PauseRecording, Recorded } from "./PauseRecording";
import { onPhone, usePhone } from "./phone";
import { type Call, control, type Control } from "./queries";
import { Transfer } from "./Transfer";

interface TalkBarProps {
  call: Call;
  /** The call is over, and something about it is still being written. */
  over: boolean;
  noting: boolean;
  setNoting: (on: boolean) => void;
}

export function TalkBar({ call, over, noting, setNoting }: TalkBarProps) {
  const { t } = useTranslation();
  const { user } = useSession();
  const phone = usePhone();
  const controls = useChannels().get(call.channel_id)?.capabilities.calls?.controls ?? [];
  const may = (name: string) => controls.includes(name);
  const [keys, setKeys] = useState(false);
  const talks = call.answered_at !== null;
  const since = Date.parse(call.answered_at ?? call.began_at);
  const length = useLive((now) => clock(now - since));
  const { mutate, isPending, variables } = useMutation({
    mutationFn: (command: Control) => control(call.id, command),
    onError: (error) => toast.failure(t("calls.notChanged"), inWords(error)),
  });
  const here = phone.state === "talking" && phone.channelId === call.channel_id;
  const leg = call.legs.find((one) => one.user_id === user.id && one.ended_at === null);
  const [mutedThere, setMutedThere] = useState(false);
  const muted = here ? phone.muted : mutedThere;
  const mute = () => {
    if (here) onPhone({ do: "mute", on: !muted });
    else if (leg !== undefined) {
      mutate({ do: "mute", leg: leg.id, on: !muted });
      setMutedThere(!muted);
    }
  };
  const held = call.state === "held";
  const talk = held ? "calls.onHold" : call.machine ? "calls.outcomes.machine" : "calls.talking";
  const standing = talks ? talk : "calls.dials";
  const name = call.withheld ? t("calls.withheld") : call.contact_name;
  return (
    <section
      className={classes.bar}
      aria-label={t(over ? "calls.afterCall" : "calls.onCall", { name })}
      data-held={(held && !over) || undefined}
    >
      <div className={classes.barHead}>
        <div className={classes.who}>
          <Link to="/inbox/$conversationId" params={{ conversationId: call.conversation_id }}>
            {name}
          </Link>
          {over ? (
            <small>{t("calls.isOver")}</small>
          ) : (
            <small>
              {t(standing)} <time>{length}</time>
              <Recorded call={call} />
            </small>
          )}
        </div>
        {over ? (
          <Button size="xs" variant="default" onClick={() => setNoting(false)}>
            {t("calls.done")}
          </Button>
        ) : (
          <IconButton
            label={t("calls.hangUp")}
            variant="filled"
            color="red"
            onClick={() => (here ? onPhone({ do: "hangUp" }) : mutate({ do: "hang_up" }))}
          >
            <IconPhoneOff size={18} />
          </IconButton>
        )}
      </div>
      {!over && (
        <div className={classes.controls}>
          {talks && (here || may("mute")) && (
            <IconButton label={t(muted ? "calls.unmute" : "calls.mute")} onClick={mute} data-on={muted || undefined}>
              {muted ? <IconMicrophoneOff size={18} /> : <IconMicrophone size={18} />}
            </IconButton>
          )}
          {talks && may("hold") && (
            <IconButton
              label={t(held ? "calls.resume" : "calls.hold")}
              onClick={() => mutate({ do: "hold", on: !held })}
              data-on={held || undefined}
            >
              {held ? <IconPlayerPlay size={18} /> : <IconPlayerPause size={18} />}
            </IconButton>
          )}
          {talks && (here || may("digits")) && (
            <IconButton label={t("calls.keypad")} onClick={() => setKeys((now) => !now)} aria-expanded={keys}>
              <IconDialpad size={18} />
            </IconButton>
          )}
          {talks && (may("transfer") || may("consult")) && (
            <Transfer call={call} act={mutate} consult={may("consult")} />
          )}
          {may("pause_recording") && (
            <PauseRecording call={call} act={mutate} busy={isPending && variables.do === "record"} />
          )}
          <Button size="xs" variant="default" onClick={() => setNoting(!noting)} aria-expanded={noting}>
            {t("calls.notes")}
          </Button>
        </div>
      )}
      {keys && !over && (
        <Keypad press={(digits) => (here ? onPhone({ do: "press", digits }) : mutate({ do: "digits", digits }))} />
      )}
      {noting && <Notes call={call} saved={over ? () => setNoting(false) : undefined} />}
    </section>
  );
}

/** A call at this browser's phone of which the hub has told nothing: it can be answered and ended all the same. */
export function ThisPhone() {
  const { t } = useTranslation();
  const { state, from } = usePhone();
  const name = from === "" ? t("calls.aCall") : from;
  return (
    <section
      className={classes.bar}
      role={state === "ringing" ? "alertdialog" : undefined}
      aria-label={t(state === "ringing" ? "calls.ringsFrom" : "calls.onCall", { name })}
    >
      <div className={classes.barHead}>
        <div className={classes.who}>
          <strong>
            <IconPhone size={16} aria-hidden /> {name}
          </strong>
        </div>
        {state === "ringing" ? (
          <Take />
        ) : (
          <IconButton label={t("calls.hangUp")} variant="filled" color="red" onClick={() => onPhone({ do: "hangUp" })}>
            <IconPhoneOff size={18} />
          </IconButton>
        )}
      </div>
    </section>
  );
}
