/** Records the microphone: time without pauses, levels while it runs, the sound at the end. Knows nothing of screens. */
import type { Capabilities } from "../../api/types";
import { mostBytes, recordedAs } from "../limits";

export type Trouble = "denied" | "noMicrophone" | "busy" | "insecure" | "unable";

export interface Recorded {
  sound: Blob;
  /** Seconds. */
  length: number;
}

/** Says in one word why the microphone could not be had (https://www.w3.org/TR/mediacapture-streams/#exceptions). */
export function troubleOf(error: unknown): Trouble {
  const name = error instanceof DOMException ? error.name : "";
  if (name === INSECURE) return "insecure";
  if (name === "NotAllowedError" || name === "SecurityError") return "denied";
  if (name === "NotFoundError" || name === "OverconstrainedError") return "noMicrophone";
  return name === "NotReadableError" || name === "AbortError" ? "busy" : "unable";
}

/** The name of a recording: when it was made, in a form that sorts. */
export function nameOf(type: string, now: Date): string {
  const end = type.includes("mp4") ? "m4a" : type.includes("ogg") ? "ogg" : "webm";
  return `voice-${now.toISOString().slice(0, 19).replaceAll(/[:T]/g, "-")}.${end}`;
}

/** What browsers record, best first. The hub makes of it what the channel wants. */
export const RECORDED = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4", "audio/webm"];

/** Browsers hide the microphone from pages that came by plain http. */
const INSECURE = "InsecureError";
const LONGEST = 600;
/** Bits of a second of sound as the hub makes it (hub/services/voice.py). */
const BITS: Record<string, number> = {
  "audio/ogg": 32_000,
  "audio/mp4": 64_000,
  "audio/mpeg": 64_000,
  "audio/amr": 12_200,
};
/** What a file of sound holds beside the sound. */
const SPARE = 0.95;

/** How many seconds the channel takes, ten minutes at most; a note stays with us. */
export function longestFor(capabilities: Capabilities | null): number {
  if (capabilities === null || capabilities.media === null) return LONGEST;
  const type = recordedAs(capabilities) ?? "audio/mpeg";
  const bits = mostBytes(capabilities.media, type) * 8 * SPARE;
  return Math.min(LONGEST, Math.floor(bits / (BITS[type] ?? 64_000)));
}

/** Time that passes only while it runs. `now` is in milliseconds. */
export class Stopwatch {
  private gone = 0;
  private since: number | null = null;

  start(now: number): void {
    this.since ??= now;
  }

  stop(now: number): void {
    this.gone = this.read(now);
    this.since = null;
  }

  /** Milliseconds so far. */
  read(now: number): number {
    return this.gone + (this.since === null ? 0 : now - this.since);
  }
}

/** One recording from the first word to the last. */
export class Recording {
  private readonly parts: Blob[] = [];
  private readonly watch = new Stopwatch();
  private readonly recorder: MediaRecorder;
  private readonly ears = new AudioContext();
  private readonly analyser: AnalyserNode;
  private readonly stream: MediaStream;
  private readonly samples: Float32Array<ArrayBuffer>;

  private constructor(stream: MediaStream, type: string | undefined) {
    this.stream = stream;
    this.recorder = new MediaRecorder(stream, type === undefined ? {} : { mimeType: type });
    this.recorder.addEventListener("dataavailable", (event) => {
      if (event.data.size > 0) this.parts.push(event.data);
    });
    this.analyser = this.ears.createAnalyser();
    this.samples = new Float32Array(this.analyser.fftSize);
    this.ears.createMediaStreamSource(stream).connect(this.analyser);
    this.recorder.start(1000);
    this.watch.start(performance.now());
  }

  /** Asks for the microphone and begins. `types` are tried in order. Throws what the browser throws. */
  static async begin(types: readonly string[]): Promise<Recording> {
    if (!("mediaDevices" in navigator) || typeof MediaRecorder === "undefined")
      throw new DOMException("no microphone here", isSecureContext ? "NotSupportedError" : INSECURE);
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    try {
      return new Recording(
        stream,
        types.find((type) => MediaRecorder.isTypeSupported(type)),
      );
    } catch (error) {
      for (const track of stream.getTracks()) track.stop();
      throw error;
    }
  }

  pause(): void {
    this.recorder.pause();
    this.watch.stop(performance.now());
  }

  resume(): void {
    this.recorder.resume();
    this.watch.start(performance.now());
  }

  /** Milliseconds so far, pauses left out. */
  elapsed(): number {
    return this.watch.read(performance.now());
  }

  /** How loud it is now, 0 to 100. */
  level(): number {
    this.analyser.getFloatTimeDomainData(this.samples);
    let sum = 0;
    for (const sample of this.samples) sum += sample * sample;
    return Math.min(100, Math.round(Math.sqrt(sum / this.samples.length) * 300));
  }

  /** Ends it and returns the sound. */
  stop(): Promise<Recorded> {
    this.watch.stop(performance.now());
    const length = this.elapsed() / 1000;
    return new Promise((resolve) => {
      this.recorder.addEventListener("stop", () => {
        this.release();
        const type = (this.recorder.mimeType || this.parts[0]?.type || "audio/webm").split(";")[0] ?? "audio/webm";
        resolve({ sound: new Blob(this.parts, { type }), length });
      });
      this.recorder.stop();
    });
  }

  /** Lets go of the microphone; what was recorded is gone. */
  release(): void {
    if (this.recorder.state !== "inactive") this.recorder.stop();
    for (const track of this.stream.getTracks()) track.stop();
    if (this.ears.state !== "closed") void this.ears.close();
  }
}
