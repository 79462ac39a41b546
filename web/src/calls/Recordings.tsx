/** What was recorded of a call: played with a line in the log, or why it cannot be. Lazy: a thread may hold many calls. */
import { Button, TextInput } from "@mantine/core";
import { IconPlayerPlay } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { body, client } from "../api/client";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { span } from "../ui/time";
import classes from "./calls.module.css";
import { Heard } from "./heard";
import { type Recording, recordingsQuery } from "./queries";

const TELL_EVERY = 5000;

export function Recordings({ callId }: { callId: string }) {
  const { t } = useTranslation();
  const found = useQuery(recordingsQuery(callId));
  if (found.isError) return <p className={classes.problem}>{inWords(found.error)}</p>;
  if (found.data === undefined) return <p className={classes.quiet}>{t("calls.loading")}</p>;
  return (
    <ul className={classes.recordings}>
      {found.data.map((recording) => (
        <li key={recording.id}>
          <One recording={recording} />
        </li>
      ))}
    </ul>
  );
}

function One({ recording }: { recording: Recording }) {
  const { t, i18n } = useTranslation();
  const [reason, setReason] = useState("");
  const begin = useMutation({
    mutationFn: () =>
      body(
        client.POST("/recordings/{recording_id}/plays", {
          params: { path: { recording_id: recording.id } },
          body: { kind: "play", reason: reason.trim() },
        }),
      ),
  });
  const length = recording.seconds === null ? "" : span(recording.seconds * 1000, i18n.language);
  if (recording.why_not_play !== "") return <p className={classes.quiet}>{recording.why_not_play}</p>;
  if (begin.data !== undefined) return <Player recording={recording} playId={begin.data.id} />;
  return (
    <form
      className={classes.ask}
      onSubmit={(event) => {
        event.preventDefault();
        begin.mutate();
      }}
    >
      {recording.ask_reason && (
        <TextInput
          aria-label={t("calls.why")}
          placeholder={t("calls.why")}
          required
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      <Button
        type="submit"
        variant="default"
        loading={begin.isPending}
        leftSection={<IconPlayerPlay size={16} stroke={1.6} />}
      >
        {t(recording.kind === "voicemail" ? "calls.playVoicemail" : "calls.play")} {length}
      </Button>
      {recording.fetching && <span className={classes.quiet}>{t("calls.fetching")}</span>}
      {recording.silent !== "" && <span className={classes.quiet}>{recording.silent}</span>}
      {begin.isError && <span className={classes.problem}>{inWords(begin.error)}</span>}
    </form>
  );
}

function Player({ recording, playId }: { recording: Recording; playId: string }) {
  const heard = useRef(new Heard());
  const told = useRef(0);
  const tell = () => {
    const spans = heard.current.take();
    if (spans.length === 0) return;
    told.current = Date.now();
    // Listening goes on if a line of the log is late; the next one carries on from here.
    void client.PUT("/plays/{play_id}/heard", { params: { path: { play_id: playId } }, body: { spans } });
  };
  return (
    // oxlint-disable-next-line jsx-a11y/media-has-caption -- the transcript stands on the review page
    <audio
      className={classes.audio}
      controls
      autoPlay
      src={`/api/v1/recordings/${recording.id}/audio?play=${playId}`}
      onTimeUpdate={(event) => {
        heard.current.at(event.currentTarget.currentTime, event.currentTarget.paused);
        if (Date.now() - told.current > TELL_EVERY) tell();
      }}
      onSeeking={(event) => heard.current.jump(event.currentTarget.currentTime)}
      onPause={tell}
      onEnded={tell}
    />
  );
}
