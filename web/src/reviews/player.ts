/**
 * The one player of the review room: it goes on while one moves through the hub. Each listening begins with a line in the
 * log, and what was heard is told every few seconds.
 */
import { create } from "zustand";
import { body, client } from "../api/client";
import { Heard } from "../calls/heard";
import { balance } from "./lanes";
import { afterSilence, type Span } from "./moves";

export interface Track {
  recordingId: string;
  callId: string;
  /** Who is heard, as the page says it. */
  title: string;
}

export type Ear = "both" | "agent" | "contact";

interface Player {
  track: Track | null;
  time: number;
  playing: boolean;
  loading: boolean;
  problem: unknown;
  speed: number;
  ear: Ear;
  /** The page of this recording is open, and shows the player itself. */
  onPage: string | null;
}

const IDLE = { track: null, time: 0, playing: false, loading: false, problem: null } as const;
const TELL_EVERY = 5000;

export const usePlayer = create<Player>(() => ({ ...IDLE, speed: 1, ear: "both", onPage: null }));
const set = usePlayer.setState;
const get = usePlayer.getState;

let media: HTMLAudioElement | null = null;
let play: string | null = null;
let told = 0;
let heard = new Heard();
/** What is passed over, and what is heard again and again; the page says so. */
let moves: { silences: readonly Span[]; loop: Span | null } = { silences: [], loop: null };

function tell(): void {
  const spans = heard.take();
  if (play === null || spans.length === 0) return;
  told = Date.now();
  // Listening goes on if a line of the log is late; the next one carries on from here.
  void client.PUT("/plays/{play_id}/heard", { params: { path: { play_id: play } }, body: { spans } });
}

function onTime(audio: HTMLAudioElement): void {
  const now = audio.currentTime;
  set({ time: now });
  heard.at(now, audio.paused);
  if (Date.now() - told > TELL_EVERY) tell();
  if (audio.paused) return;
  const { loop, silences } = moves;
  const onwards = loop !== null && now >= loop[1] ? loop[0] : afterSilence(now, silences);
  if (onwards !== null) audio.currentTime = onwards;
}

function audioElement(): HTMLAudioElement {
  if (media !== null) return media;
  const audio = new Audio();
  audio.preservesPitch = true;
  audio.addEventListener("timeupdate", () => onTime(audio));
  audio.addEventListener("seeking", () => {
    heard.jump(audio.currentTime);
    set({ time: audio.currentTime });
  });
  audio.addEventListener("play", () => set({ playing: true }));
  audio.addEventListener("pause", () => {
    set({ playing: false });
    tell();
  });
  audio.addEventListener("ended", tell);
  audio.addEventListener("error", () => {
    const words = audio.error?.message ?? "";
    if (play !== null && words !== "") set({ problem: new Error(words) });
  });
  media = audio;
  return audio;
}

/** Ends the listening and says what was heard. */
export function stop(): void {
  media?.pause();
  tell();
  play = null;
  media?.removeAttribute("src");
  set(IDLE);
}

/** Begins a listening at a second, ending the one before. */
export async function begin(track: Track, reason: string, from: number): Promise<void> {
  stop();
  const audio = audioElement();
  const { speed } = get();
  heard = new Heard();
  set({ track, time: from, loading: true });
  try {
    const begun = await body(
      client.POST("/recordings/{recording_id}/plays", {
        params: { path: { recording_id: track.recordingId } },
        body: { kind: "play", reason: reason.trim() },
      }),
    );
    if (get().track !== track) return;
    play = begun.id;
    audio.src = `/api/v1/recordings/${track.recordingId}/audio?play=${begun.id}`;
    audio.currentTime = get().time;
    audio.playbackRate = speed;
    await audio.play();
  } catch (problem) {
    // What was begun and then stopped is no problem.
    if (get().track === track) set({ ...IDLE, time: from, problem });
  } finally {
    if (get().track === track) set({ loading: false });
  }
}

/** Whether this is the recording that plays or pauses now. */
export const isPlaying = (recordingId: string): boolean => get().track?.recordingId === recordingId;

export function toggle(): void {
  if (media === null || play === null) return;
  if (media.paused) media.play().catch((problem: unknown) => set({ problem }));
  else media.pause();
}

export function seek(second: number): void {
  const length = media?.duration ?? Number.NaN;
  const to = Math.max(0, Number.isFinite(length) ? Math.min(second, length) : second);
  set({ time: to });
  if (media !== null && play !== null) media.currentTime = to;
}

export function setSpeed(speed: number): void {
  set({ speed });
  if (media !== null) media.playbackRate = speed;
}

/** Hears both voices, or one of them alone; only where each has a lane of its own. */
export function listenTo(ear: Ear): void {
  set({ ear });
  balance(audioElement(), ear);
}

export function setMoves(silences: readonly Span[], loop: Span | null): void {
  moves = { silences, loop };
}

/** A page of this recording opened or closed: the bar below is shown only where there is none. */
export function setPage(recordingId: string | null): void {
  set({ onPage: recordingId, ...(get().track === null ? IDLE : {}) });
}
