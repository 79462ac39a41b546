/** One player of one recording: begun with a line in the log, what was heard told every few seconds. */
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { body, client } from "../api/client";
import { Heard } from "../calls/heard";

export type Span = readonly [number, number];
export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2] as const;

const TELL_EVERY = 5000;
const EDGE = 0.25;

/** Where to go on from this second if it lies in a silence; null if it does not. */
export function afterSilence(second: number, silences: readonly Span[]): number | null {
  const found = silences.find(([start, end]) => second > start + EDGE && second < end - 2 * EDGE);
  return found === undefined ? null : found[1] - EDGE;
}

/** The next speed up or down; the last one stays. */
export function nextSpeed(speed: number, step: 1 | -1): number {
  const at = SPEEDS.findIndex((one) => one === speed);
  return SPEEDS[Math.min(SPEEDS.length - 1, Math.max(0, at + step))] ?? 1;
}

export interface Player {
  time: number;
  playing: boolean;
  speed: number;
  loading: boolean;
  problem: unknown;
  toggle(): void;
  seek(second: number): void;
  setSpeed(speed: number): void;
}

interface Wanted {
  recordingId: string;
  reason: string;
  from: number;
  silences: readonly Span[];
  loop: Span | null;
}

export function usePlayer({ recordingId, reason, from, silences, loop }: Wanted): Player {
  const audio = useRef<HTMLAudioElement | null>(null);
  const [time, setTime] = useState(from);
  const [playing, setPlaying] = useState(false);
  const [speed, keepSpeed] = useState(1);
  const [loading, setLoading] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const play = useRef<string | null>(null);
  const heard = useRef(new Heard());
  const told = useRef(0);

  const tell = useEffectEvent(() => {
    const spans = heard.current.take();
    if (play.current === null || spans.length === 0) return;
    told.current = Date.now();
    // Listening goes on if a line of the log is late; the next one carries on from here.
    void client.PUT("/plays/{play_id}/heard", { params: { path: { play_id: play.current } }, body: { spans } });
  });
  const onTime = useEffectEvent((media: HTMLAudioElement) => {
    const now = media.currentTime;
    setTime(now);
    heard.current.at(now, media.paused);
    if (Date.now() - told.current > TELL_EVERY) tell();
    if (media.paused) return;
    const onwards = loop !== null && now >= loop[1] ? loop[0] : afterSilence(now, silences);
    if (onwards !== null) media.currentTime = onwards;
  });

  useEffect(() => {
    const media = new Audio();
    media.preservesPitch = true;
    audio.current = media;
    const stop = new AbortController();
    const on = (name: string, then: () => void) => media.addEventListener(name, then, { signal: stop.signal });
    on("timeupdate", () => onTime(media));
    on("seeking", () => {
      heard.current.jump(media.currentTime);
      setTime(media.currentTime);
    });
    on("play", () => setPlaying(true));
    on("pause", () => {
      setPlaying(false);
      tell();
    });
    on("ended", tell);
    on("error", () => setProblem(media.error?.message === "" ? null : new Error(media.error?.message)));
    return () => {
      media.pause();
      tell();
      stop.abort();
      media.removeAttribute("src");
    };
  }, []);

  const begin = async (media: HTMLAudioElement) => {
    setLoading(true);
    setProblem(null);
    try {
      const begun = await body(
        client.POST("/recordings/{recording_id}/plays", {
          params: { path: { recording_id: recordingId } },
          body: { kind: "play", reason: reason.trim() },
        }),
      );
      play.current = begun.id;
      media.src = `/api/v1/recordings/${recordingId}/audio?play=${begun.id}`;
      media.currentTime = time;
      media.playbackRate = speed;
      await media.play();
    } catch (error) {
      setProblem(error);
    } finally {
      setLoading(false);
    }
  };
  return {
    time,
    playing,
    speed,
    loading,
    problem,
    toggle: () => {
      const media = audio.current;
      if (media === null) return;
      if (play.current === null) {
        if (!loading) void begin(media);
      } else if (media.paused) media.play().catch(setProblem);
      else media.pause();
    },
    seek: (second) => {
      const media = audio.current;
      const length = media?.duration ?? Number.NaN;
      const to = Math.max(0, Number.isFinite(length) ? Math.min(second, length) : second);
      setTime(to);
      if (media !== null && play.current !== null) media.currentTime = to;
    },
    setSpeed: (to) => {
      keepSpeed(to);
      if (audio.current !== null) audio.current.playbackRate = to;
    },
  };
}
