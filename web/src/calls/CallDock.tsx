/** What is on the telephone now: a call that rings, and the one that is talked on. Stays while one moves about. */
import { CloseButton } from "@mantine/core";
import { useEffect, useState } from "react";
import { useChannels, usePeople, useSession } from "../api/hooks";
import { useTranslation } from "../i18n";
import { useLiveState } from "../shell/live";
import { usePrefs } from "../shell/prefs";
import { TalkBar, ThisPhone } from "./TalkBar";
import { CallPop } from "./CallPop";
import { ListenBar } from "./ListenBar";
import { listensIn } from "./listening";
import classes from "./dock.module.css";
import { isOn, rings, useOngoing } from "./ongoing";
import { isPhone, startPhones, usePhone } from "./phone";
import type { Call } from "./queries";
import { ring } from "./ringtone";

export default function CallDock() {
  const { user } = useSession();
  const calls = useLiveState((state) => state.calls);
  const pops = useLiveState((state) => state.pops);
  const phone = usePhone();
  const phones = [...useChannels().values()]
    .filter((channel) => channel.enabled && (channel.capabilities.calls?.browser_phone ?? "") !== "")
    .map((channel) => channel.id)
    .toSorted()
    .join(" ");
  useEffect(() => (phones === "" ? undefined : startPhones(phones.split(" "))), [phones]);
  useOngoing(user.id);
  usePeople();

  const talk = calls.find((call) => isOn(call, user.id));
  const heard = calls.find((call) => listensIn(call, user.id) !== undefined);
  const ringing = pops.filter((pop) => rings(pop.call, user.id) && pop.call.id !== talk?.id);
  const here = (call: Call) => phone.state === "ringing" && phone.channelId === call.channel_id;
  useRinging(phone.state === "ringing", ringing[0]?.call.contact_name ?? phone.from);

  // What is being written about a call stays when the call ends, and when the next one comes.
  const [noted, setNoted] = useState<Call | null>(null);
  const shown = [talk, noted?.id === talk?.id ? null : noted].filter((call) => call !== undefined && call !== null);
  const unknown = talk === undefined && heard === undefined;
  return (
    <div className={classes.dock}>
      <Trouble />
      {ringing.map((pop) => (
        <CallPop key={pop.call.id} pop={pop} here={here(pop.call)} />
      ))}
      {phone.state === "ringing" && !ringing.some((pop) => here(pop.call)) && <ThisPhone />}
      {phone.state === "talking" && unknown && <ThisPhone />}
      {heard !== undefined && (
        <ListenBar key={heard.id} call={heard} joined={listensIn(heard, user.id)?.joined_at !== null} />
      )}
      {shown.map((call) => (
        <TalkBar
          key={call.id}
          call={call}
          over={call.id !== talk?.id}
          noting={noted?.id === call.id}
          setNoting={(on) => setNoted(on ? call : null)}
        />
      ))}
    </div>
  );
}

/** Why nobody can be called or rung in this browser, and what to do. */
function Trouble() {
  const { t } = useTranslation();
  const { trouble, problem } = usePhone();
  if (trouble === "") return null;
  const words = {
    insecure: t("calls.phoneInsecure"),
    stale: t("calls.phoneStale"),
    words: t("calls.phoneProblem", { problem }),
  };
  return (
    <div className={classes.problem} role="alert">
      <p>{words[trouble]}</p>
      <CloseButton aria-label={t("calls.hideTrouble")} onClick={() => usePhone.setState({ trouble: "" })} />
    </div>
  );
}

/** Rings and notifies in the one tab that is the phone. */
function useRinging(on: boolean, name: string): void {
  const { t } = useTranslation();
  const desktop = usePrefs((state) => state.desktop);
  useEffect(() => (on && isPhone() ? ring() : undefined), [on]);
  useEffect(() => {
    const may = desktop !== "off" && "Notification" in window && Notification.permission === "granted";
    if (!on || !isPhone() || !may || document.hasFocus()) return;
    const shown = new Notification(t("calls.ringsFrom", { name }), { tag: "call", icon: "/icon-192.png" });
    shown.addEventListener("click", () => window.focus());
    return () => shown.close();
  }, [on, name, desktop, t]);
}
