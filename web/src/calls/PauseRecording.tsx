/** Whether a call is recorded now, as far as anybody knows, and the buttons that pause it and go on. */
import { Button } from "@mantine/core";
import { useTranslation } from "../i18n";
import { useLive } from "../ui/clock";
import classes from "./dock.module.css";
import type { Call, Control } from "./queries";

const ANSWERS_WITHIN = 4000;

type State = "recorded" | "paused" | "unsure" | null;

/** What was asked a moment ago is answered in a moment: nobody need be told that it is not known yet. */
function useRecorded(call: Call): State {
  const asked = Date.parse(call.pauses.at(-1)?.began_at ?? "");
  const unsure = useLive((now) => call.recording_unsure && now - asked > ANSWERS_WITHIN);
  if (call.recording_paused) return "paused";
  if (unsure) return "unsure";
  return call.recordings.some((one) => one.state === "running") ? "recorded" : null;
}

export function Recorded({ call }: { call: Call }) {
  const { t } = useTranslation();
  const state = useRecorded(call);
  if (state === null) return null;
  const words = {
    recorded: "calls.recorded",
    paused: "calls.recordingPaused",
    unsure: "calls.recordingUnsure",
  } as const;
  return (
    <span className={classes.recorded} data-paused={state !== "recorded" || undefined}>
      {t(words[state])}
    </span>
  );
}

interface PauseProps {
  call: Call;
  act: (command: Control) => void;
  busy: boolean;
}

export function PauseRecording({ call, act, busy }: PauseProps) {
  const { t } = useTranslation();
  const state = useRecorded(call);
  const button = (recording: "pause" | "resume", label: string) => (
    <Button size="xs" variant="default" loading={busy} onClick={() => act({ do: "record", recording })}>
      {label}
    </Button>
  );
  return (
    <>
      {(state === "recorded" || state === "unsure") && button("pause", t("calls.recordOff"))}
      {(state === "paused" || state === "unsure") && button("resume", t("calls.recordOn"))}
    </>
  );
}
