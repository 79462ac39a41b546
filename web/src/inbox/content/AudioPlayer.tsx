/** Plays sound: a waveform to seek in by pointer and keys, time, speed. */
import { Loader } from "@mantine/core";
import { IconPlayerPauseFilled, IconPlayerPlayFilled } from "@tabler/icons-react";
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "../../i18n";
import { usePrefs } from "../../shell/prefs";
import { IconButton } from "../../ui/IconButton";
import { duration } from "../../ui/time";
import classes from "./player.module.css";
import { takeTurn } from "./turn";
import { barsOf } from "./wave";

const BARS = 44;
const BAR = 5;
const SPEEDS = [1, 1.5, 2] as const;

interface AudioPlayerProps {
  src: string;
  name: string;
  peaks: readonly number[];
  /** Seconds; null if only the sound itself can tell. */
  length: number | null;
  /** What to offer if this browser cannot play it. */
  fallback?: ReactNode;
}

export function AudioPlayer({ src, name, peaks, length, fallback }: AudioPlayerProps) {
  const { t } = useTranslation();
  const audio = useRef<HTMLAudioElement>(null);
  const [state, setState] = useState<"still" | "loading" | "playing" | "broken">("still");
  const [at, setAt] = useState(0);
  const [told, setTold] = useState<number | null>(null);
  const speed = usePrefs((prefs) => prefs.speed);
  const set = usePrefs((prefs) => prefs.set);
  const total = length ?? told ?? 0;
  const bars = useMemo(() => barsOf(peaks, BARS), [peaks]);
  useEffect(() => {
    // Loading the sound takes the rate from its default.
    if (audio.current !== null) Object.assign(audio.current, { playbackRate: speed, defaultPlaybackRate: speed });
  }, [speed]);

  const toggle = () => {
    const element = audio.current;
    if (element === null) return;
    if (!element.paused) {
      element.pause();
      return;
    }
    setState("loading");
    // The error event says what is wrong; a pause that comes before the sound is no error.
    element.play().catch((error: unknown) => {
      if (!(error instanceof DOMException && error.name === "AbortError")) setState("broken");
    });
  };
  const seek = (to: number) => {
    const place = Math.min(Math.max(0, to), total);
    if (audio.current !== null) audio.current.currentTime = place;
    setAt(place);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = total < 30 ? 1 : 5;
    const to = { ArrowLeft: at - step, ArrowDown: at - step, ArrowRight: at + step, ArrowUp: at + step }[event.key];
    if (to !== undefined) seek(to);
    else if (event.key === " " || event.key === "Enter") toggle();
    else return;
    event.preventDefault();
  };
  const nextSpeed = SPEEDS[(SPEEDS.indexOf(speed as (typeof SPEEDS)[number]) + 1) % SPEEDS.length] ?? 1;

  if (state === "broken")
    return (
      <div className={classes.broken} role="status">
        <p>{t("player.broken")}</p>
        {fallback}
      </div>
    );
  const playing = state === "playing" || state === "loading";
  const Icon = playing ? IconPlayerPauseFilled : IconPlayerPlayFilled;
  return (
    <div className={classes.player} role="group" aria-label={name}>
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- a customer's voice note has no captions */}
      <audio
        ref={audio}
        preload="none"
        src={src}
        onPlay={(event) => takeTurn(event.currentTarget)}
        onPlaying={() => setState("playing")}
        onWaiting={() => setState("loading")}
        onPause={() => setState("still")}
        onEnded={() => setAt(0)}
        onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
        onDurationChange={(event) => {
          if (Number.isFinite(event.currentTarget.duration)) setTold(event.currentTarget.duration);
        }}
        onError={() => setState("broken")}
      />
      <IconButton
        className={classes.play ?? ""}
        variant="filled"
        color="blue"
        radius="xl"
        size={34}
        label={playing ? t("player.pause") : t("player.play")}
        onClick={toggle}
      >
        {state === "loading" ? <Loader size={16} color="currentColor" /> : <Icon size={16} />}
      </IconButton>
      <div className={classes.track}>
        <svg viewBox={`0 0 ${BARS * BAR} 28`} preserveAspectRatio="none" aria-hidden>
          {bars.map((height, index) => (
            <rect
              // oxlint-disable-next-line react/no-array-index-key -- bars have no other name than their place
              key={index}
              x={index * BAR + 1}
              y={14 - (height * 14) / 100}
              width={BAR - 2}
              height={(height * 28) / 100}
              rx={1.5}
              data-played={(total > 0 && (index + 0.5) / BARS <= at / total) || undefined}
            />
          ))}
        </svg>
        <input
          type="range"
          min={0}
          max={Math.max(total, 0.1)}
          step="any"
          value={at}
          aria-label={t("player.position")}
          aria-valuetext={t("player.at", { at: duration(at), total: duration(total) })}
          onChange={(event) => seek(Number(event.currentTarget.value))}
          onKeyDown={onKeyDown}
        />
      </div>
      <span className={classes.time}>{at > 0 || playing ? duration(at) : total > 0 && duration(total)}</span>
      <button
        type="button"
        className={classes.speed}
        aria-label={t("player.speed", { speed })}
        title={t("player.speed", { speed })}
        onClick={() => set({ speed: nextSpeed })}
      >
        {speed}×
      </button>
    </div>
  );
}
