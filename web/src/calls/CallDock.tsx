/** What is on the telephone now: a call that rings, and the one that is talked on. Stays while one moves about. */
import { Button, Menu, Textarea, TextInput } from "@mantine/core";
import {
  IconDialpad,
  IconMicrophone,
  IconMicrophoneOff,
  IconPhone,
  IconPhoneOff,
  IconPlayerPause,
  IconPlayerPlay,
  IconTransfer,
} from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { body, client } from "../api/client";
import { useChannels, usePeople, useSession } from "../api/hooks";
import { newId } from "../api/ids";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { useLiveState } from "../shell/live";
import { IconButton } from "../ui/IconButton";
import { toast } from "../ui/toast";
import { useLive } from "../ui/clock";
import { clock } from "./clock";
import classes from "./dock.module.css";
import { muteHere, startPhone, usePhone } from "./phone";
import { type Call, control, type Control, type Pop } from "./queries";

export default function CallDock() {
  const { user } = useSession();
  const { t } = useTranslation();
  const calls = useLiveState((state) => state.calls);
  const pops = useLiveState((state) => state.pops);
  const { problem } = usePhone();
  const phone = [...useChannels().values()].find(
    (channel) => channel.enabled && (channel.capabilities.calls?.browser_phone ?? "") !== "",
  );
  const first = phone?.id;
  useEffect(() => {
    if (first !== undefined) startPhone(first);
  }, [first]);
  const mine = calls.find(
    (call) => call.state !== "ended" && call.answered_at !== null && call.agents.includes(user.id),
  );
  const ringing = pops.filter((pop) => pop.call.ringing.includes(user.id) && pop.call.id !== mine?.id);
  return (
    <div className={classes.dock}>
      {problem !== "" && (
        <p className={classes.problem} role="alert">
          {t("calls.phoneProblem", { problem })}
        </p>
      )}
      {ringing.map((pop) => (
        <PopCard key={pop.call.id} pop={pop} />
      ))}
      {mine !== undefined && <Bar call={mine} />}
    </div>
  );
}

/** Who it is, what was last, what is open: before anybody answers. */
function PopCard({ pop }: { pop: Pop }) {
  const { t } = useTranslation();
  const { session, state } = usePhone();
  const { call } = pop;
  const here = state === "ringing" && session !== null;
  return (
    <section className={classes.pop} role="alertdialog" aria-label={t("calls.ringsFrom", { name: call.contact_name })}>
      <header>
        <span className={classes.pulse} aria-hidden>
          <IconPhone size={20} stroke={1.6} />
        </span>
        <div>
          <strong>{call.withheld ? t("calls.withheld") : call.contact_name}</strong>
          <small>{call.withheld ? "" : call.address}</small>
        </div>
      </header>
      {pop.owed && <p className={classes.owed}>{t("calls.isOwed")}</p>}
      {pop.last.length > 0 && (
        <ul className={classes.last}>
          {pop.last.map((entry) => (
            <li key={entry.id}>{entry.text === "" ? t("calls.entry") : entry.text.slice(0, 140)}</li>
          ))}
        </ul>
      )}
      {pop.open.length > 0 && (
        <ul className={classes.last}>
          {pop.open.map((row) => (
            <li key={row.id}>
              <Link to="/inbox/$conversationId" params={{ conversationId: row.id }}>
                {row.subject === "" ? row.last_preview : row.subject}
              </Link>
            </li>
          ))}
        </ul>
      )}
      <footer>
        {here ? (
          <>
            <Button color="teal" leftSection={<IconPhone size={16} />} onClick={() => session.answer()} data-autofocus>
              {t("calls.answer")}
            </Button>
            <Button
              color="red"
              variant="light"
              leftSection={<IconPhoneOff size={16} />}
              onClick={() => session.hangUp()}
            >
              {t("calls.decline")}
            </Button>
          </>
        ) : (
          <p>{t("calls.pickUp")}</p>
        )}
        <Link to="/inbox/$conversationId" params={{ conversationId: call.conversation_id }}>
          {t("calls.openConversation")}
        </Link>
      </footer>
    </section>
  );
}

function Bar({ call }: { call: Call }) {
  const { t } = useTranslation();
  const { user } = useSession();
  const { session, muted } = usePhone();
  const controls = useChannels().get(call.channel_id)?.capabilities.calls?.controls ?? [];
  const may = (name: string) => controls.includes(name);
  const [keys, setKeys] = useState(false);
  const [notes, setNotes] = useState(false);
  const since = Date.parse(call.answered_at ?? call.began_at);
  const length = useLive((now) => clock(now - since));
  const act = useMutation({
    mutationFn: (command: Control) => control(call.id, command),
    onError: (error) => toast.failure(t("calls.notChanged"), inWords(error)),
  });
  const leg = call.legs.find((one) => one.user_id === user.id && one.ended_at === null);
  const mute = () => {
    if (session !== null) muteHere(!muted);
    else if (leg !== undefined) act.mutate({ do: "mute", leg: leg.id, on: !muted });
  };
  const held = call.state === "held";
  const recording = call.recordings.find((one) => one.state === "recording" || one.state === "paused");
  return (
    <section className={classes.bar} aria-label={t("calls.onCall", { name: call.contact_name })}>
      <div className={classes.barHead}>
        <div>
          <Link to="/inbox/$conversationId" params={{ conversationId: call.conversation_id }}>
            {call.withheld ? t("calls.withheld") : call.contact_name}
          </Link>
          <small>
            {held ? t("calls.onHold") : ""} <time>{length}</time>
          </small>
        </div>
        <div className={classes.controls}>
          {(session !== null || may("mute")) && (
            <IconButton label={t(muted ? "calls.unmute" : "calls.mute")} onClick={mute} aria-pressed={muted}>
              {muted ? <IconMicrophoneOff size={18} /> : <IconMicrophone size={18} />}
            </IconButton>
          )}
          {may("hold") && (
            <IconButton
              label={t(held ? "calls.resume" : "calls.hold")}
              onClick={() => act.mutate({ do: "hold", on: !held })}
              aria-pressed={held}
            >
              {held ? <IconPlayerPlay size={18} /> : <IconPlayerPause size={18} />}
            </IconButton>
          )}
          {(session !== null || may("digits")) && (
            <IconButton label={t("calls.keypad")} onClick={() => setKeys((now) => !now)} aria-expanded={keys}>
              <IconDialpad size={18} />
            </IconButton>
          )}
          {(may("transfer") || may("consult")) && <Transfer call={call} act={act.mutate} consult={may("consult")} />}
          {may("pause_recording") && recording !== undefined && (
            <Button
              size="xs"
              variant="default"
              onClick={() => act.mutate({ do: "record", recording: recording.state === "paused" ? "resume" : "pause" })}
            >
              {t(recording.state === "paused" ? "calls.recordOn" : "calls.recordOff")}
            </Button>
          )}
          <Button size="xs" variant="default" onClick={() => setNotes((now) => !now)} aria-expanded={notes}>
            {t("calls.notes")}
          </Button>
          <IconButton
            label={t("calls.hangUp")}
            variant="filled"
            color="red"
            onClick={() => (session === null ? act.mutate({ do: "hang_up" }) : session.hangUp())}
          >
            <IconPhoneOff size={18} />
          </IconButton>
        </div>
      </div>
      {keys && (
        <Keypad
          press={(digit) => (session === null ? act.mutate({ do: "digits", digits: digit }) : session.digits(digit))}
        />
      )}
      {notes && <Notes call={call} />}
    </section>
  );
}

const KEYS = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"] as const;

function Keypad({ press }: { press: (digit: string) => void }) {
  const { t } = useTranslation();
  return (
    <div className={classes.keypad} role="group" aria-label={t("calls.keypad")}>
      {KEYS.map((digit) => (
        <Button key={digit} variant="default" onClick={() => press(digit)}>
          {digit}
        </Button>
      ))}
    </div>
  );
}

function Transfer({ call, act, consult }: { call: Call; act: (command: Control) => void; consult: boolean }) {
  const { t } = useTranslation();
  const { user } = useSession();
  const others = [...usePeople().values()].filter((one) => one.id !== user.id && one.active);
  const [asking, setAsking] = useState(false);
  const consulting = call.legs.some((leg) => leg.party === "agent" && leg.user_id !== user.id && leg.ended_at === null);
  if (asking && consulting)
    return (
      <>
        <Button size="xs" onClick={() => act({ do: "end_consult", complete: true })}>
          {t("calls.connect")}
        </Button>
        <Button size="xs" variant="default" onClick={() => act({ do: "end_consult", complete: false })}>
          {t("calls.back")}
        </Button>
      </>
    );
  return (
    <Menu>
      <Menu.Target>
        <IconButton label={t("calls.transfer")}>
          <IconTransfer size={18} />
        </IconButton>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: "auto" }}>
        {others.map((one) => (
          <Menu.Item key={one.id} onClick={() => act({ do: "transfer", agent_id: one.id })}>
            {t("calls.transferTo", { name: one.name })}
          </Menu.Item>
        ))}
        {consult && others.length > 0 && <Menu.Divider />}
        {consult &&
          others.map((one) => (
            <Menu.Item
              key={one.id}
              onClick={() => {
                setAsking(true);
                act({ do: "consult", agent_id: one.id });
              }}
            >
              {t("calls.askFirst", { name: one.name })}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}

function Notes({ call }: { call: Call }) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const [result, setResult] = useState(call.result);
  const save = useMutation({
    mutationFn: async () => {
      if (result !== call.result)
        await body(client.PATCH("/calls/{call_id}", { params: { path: { call_id: call.id } }, body: { result } }));
      if (text.trim() !== "")
        await body(
          client.POST("/conversations/{conversation_id}/notes", {
            params: { path: { conversation_id: call.conversation_id } },
            body: { id: newId(), text: text.trim() },
          }),
        );
    },
    onSuccess: () => {
      setText("");
      toast.done(t("calls.saved"));
    },
    onError: (error) => toast.failure(t("calls.notChanged"), inWords(error)),
  });
  return (
    <form
      className={classes.notes}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <TextInput label={t("calls.result")} value={result} onChange={(event) => setResult(event.currentTarget.value)} />
      <Textarea
        label={t("calls.note")}
        autosize
        minRows={2}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" loading={save.isPending}>
        {t("calls.save")}
      </Button>
    </form>
  );
}
