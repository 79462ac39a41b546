/** A voice note: record, pause, listen to it, then send or throw away. */
import { Button } from "@mantine/core";
import {
  IconAlertTriangle,
  IconMicrophone,
  IconPlayerPauseFilled,
  IconPlayerStopFilled,
  IconSend2,
  IconTrash,
} from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { newId } from "../../api/ids";
import { inWords } from "../../api/problem";
import type { Capabilities } from "../../api/types";
import { upload } from "../../api/upload";
import { useTranslation } from "../../i18n";
import { duration } from "../../ui/time";
import type { ComposerFile } from "../composerStore";
import { AudioPlayer } from "../content/AudioPlayer";
import { peaksOf } from "../content/wave";
import { LevelMeter } from "./LevelMeter";
import { longestFor, nameOf, RECORDED, type Recorded, Recording, type Trouble, troubleOf } from "./recording";
import classes from "./voice.module.css";

const PEAKS = 100;
/** Seconds before the end of what the channel takes from which on the end is shown. */
const SAID_BEFORE = 60;

interface VoiceRecorderProps {
  /** What the channel takes; null for a note, which stays with us. */
  capabilities: Capabilities | null;
  send: (file: ComposerFile) => void;
  close: () => void;
}

type Taken = Recorded & { url: string; peaks: readonly number[] };

async function peaksIn(sound: Blob): Promise<readonly number[]> {
  const ears = new AudioContext();
  try {
    return peaksOf((await ears.decodeAudioData(await sound.arrayBuffer())).getChannelData(0), PEAKS);
  } catch {
    // Nothing to draw: the player shows a thin line, and the sound plays as well.
    return [];
  } finally {
    void ears.close();
  }
}

export default function VoiceRecorder({ capabilities, send, close }: VoiceRecorderProps) {
  const { t } = useTranslation();
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [recording, setRecording] = useState<Recording | null>(null);
  const [taken, setTaken] = useState<Taken | null>(null);
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    let mine: Recording | null = null;
    let left = false;
    Recording.begin(RECORDED).then(
      (begun) => {
        mine = begun;
        if (left) begun.release();
        else setRecording(begun);
      },
      (error: unknown) => {
        if (!left) setTrouble(troubleOf(error));
      },
    );
    return () => {
      left = true;
      mine?.release();
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- begun once for each attempt
  }, [attempt]);
  useEffect(() => () => void (taken !== null && URL.revokeObjectURL(taken.url)), [taken]);

  const stop = async (running: Recording) => {
    const made = await running.stop();
    setTaken({ ...made, url: URL.createObjectURL(made.sound), peaks: await peaksIn(made.sound) });
    setRecording(null);
  };
  const again = () => {
    setTrouble(null);
    setTaken(null);
    setAttempt((count) => count + 1);
  };

  return (
    <div className={classes.recorder} role="group" aria-label={t("voice.title")}>
      {trouble !== null && (
        <>
          <p className={classes.trouble} role="alert">
            <IconAlertTriangle size={17} aria-hidden /> {t(`voice.trouble.${trouble}`)}
          </p>
          <span className={classes.acts}>
            <Button variant="default" onClick={again}>
              {t("common.tryAgain")}
            </Button>
            <Button variant="subtle" color="gray" onClick={close}>
              {t("common.cancel")}
            </Button>
          </span>
        </>
      )}
      {trouble === null && recording === null && taken === null && (
        <>
          <p className={classes.asking} role="status">
            <IconMicrophone size={17} aria-hidden /> {t("voice.asking")}
          </p>
          <Button variant="subtle" color="gray" onClick={close}>
            {t("common.cancel")}
          </Button>
        </>
      )}
      {recording !== null && (
        <Running
          recording={recording}
          longest={longestFor(capabilities)}
          stop={() => void stop(recording)}
          close={close}
        />
      )}
      {taken !== null && <Review taken={taken} capabilities={capabilities} send={send} again={again} close={close} />}
    </div>
  );
}

/** While it records: how long, how loud, and the ways to go on. */
function Running({
  recording,
  longest,
  stop,
  close,
}: {
  recording: Recording;
  longest: number;
  stop: () => void;
  close: () => void;
}) {
  const { t } = useTranslation();
  const [paused, setPaused] = useState(false);
  const [seconds, setSeconds] = useState(0);
  const ended = useRef(false);
  const end = () => {
    if (ended.current) return;
    ended.current = true;
    stop();
  };
  useEffect(() => {
    const timer = setInterval(() => {
      setSeconds(recording.elapsed() / 1000);
      if (recording.elapsed() >= longest * 1000) end();
    }, 200);
    return () => clearInterval(timer);
    // oxlint-disable-next-line react/exhaustive-deps, react/exhaustive-effect-dependencies -- the end acts once, whichever drawing it is of
  }, [recording, longest]);
  const toggle = () => {
    if (paused) recording.resume();
    else recording.pause();
    setPaused(!paused);
  };
  return (
    <>
      <span className={classes.dot} data-paused={paused || undefined} aria-hidden />
      <span className={classes.time} role="timer" aria-label={t("voice.length")}>
        {duration(Math.floor(seconds))}
        {longest - seconds < SAID_BEFORE && ` / ${duration(longest)}`}
      </span>
      <LevelMeter recording={recording} paused={paused} />
      <span className="srOnly" role="status">
        {paused ? t("voice.paused") : t("voice.running")}
      </span>
      <span className={classes.acts}>
        <Button variant="subtle" color="gray" leftSection={<IconTrash size={16} />} onClick={close}>
          {t("voice.discard")}
        </Button>
        <Button
          variant="default"
          leftSection={paused ? <IconMicrophone size={16} /> : <IconPlayerPauseFilled size={16} />}
          onClick={toggle}
        >
          {paused ? t("voice.goOn") : t("voice.pause")}
        </Button>
        <Button autoFocus leftSection={<IconPlayerStopFilled size={16} />} onClick={end}>
          {t("voice.stop")}
        </Button>
      </span>
    </>
  );
}

/** After it: listen, then send it or throw it away. */
function Review({
  taken,
  capabilities,
  send,
  again,
  close,
}: Pick<VoiceRecorderProps, "capabilities" | "send" | "close"> & { taken: Taken; again: () => void }) {
  const { t } = useTranslation();
  // Made once: sending again after a lost answer is the same file.
  const [id] = useState(newId);
  const [file] = useState(
    () => new File([taken.sound], nameOf(taken.sound.type, new Date()), { type: taken.sound.type }),
  );
  const [share, setShare] = useState<number | null>(null);
  const [problem, setProblem] = useState("");
  const busy = share !== null;
  const go = () => {
    setProblem("");
    setShare(0);
    upload(id, file, setShare, { voice: true }).then(
      (view) =>
        send({
          id,
          name: file.name,
          type: file.type,
          size: file.size,
          progress: 1,
          error: "",
          view: { ...view, peaks: [...taken.peaks], duration: taken.length },
        }),
      (error: unknown) => {
        setShare(null);
        setProblem(inWords(error));
      },
    );
  };
  return (
    <>
      <AudioPlayer src={taken.url} name={t("voice.title")} peaks={taken.peaks} length={taken.length} />
      {problem !== "" && (
        <p className={classes.trouble} role="alert">
          <IconAlertTriangle size={17} aria-hidden /> {problem}
        </p>
      )}
      <span className={classes.acts}>
        <Button variant="subtle" color="gray" leftSection={<IconTrash size={16} />} disabled={busy} onClick={close}>
          {t("voice.discard")}
        </Button>
        <Button variant="default" leftSection={<IconMicrophone size={16} />} disabled={busy} onClick={again}>
          {t("voice.again")}
        </Button>
        <Button autoFocus leftSection={<IconSend2 size={16} />} loading={busy} onClick={go}>
          {capabilities === null ? t("composer.saveNote") : t("voice.send")}
        </Button>
      </span>
    </>
  );
}
