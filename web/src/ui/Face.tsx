/**
 * A person as a coloured circle of initials, or the picture their provider shows; with a channel, its icon sits on the
 * rim.
 */
import { useState } from "react";
import { ChannelIcon } from "./ChannelIcon";
import classes from "./ui.module.css";

const HUES = 8;
const CJK = /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** One or two letters that stand for a name: initials, or the given name of a Korean name. */
export function initials(name: string): string {
  const words = name
    .replace(/[^\p{L}\p{N}\s-]/gu, " ")
    .trim()
    .split(/[\s-]+/u)
    .filter(Boolean);
  const first = words[0];
  if (first === undefined) return "?";
  if (CJK.test(first)) return first.length > 2 ? first.slice(-2) : first.slice(0, 2);
  const last = words.length > 1 ? (words.at(-1) ?? "") : "";
  return ((Array.from(first)[0] ?? "") + (Array.from(last)[0] ?? "")).toLocaleUpperCase();
}

function hue(seed: string): number {
  let sum = 0;
  for (const char of seed) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 9973;
  return sum % HUES;
}

interface FaceProps {
  name: string;
  seed?: string;
  size?: number;
  channelId?: string | undefined;
  /** The picture of a customer, as `portrait_id` names it. */
  portrait?: string | null;
}

export function Face({ name, seed = name, size = 36, channelId, portrait = null }: FaceProps) {
  const [broken, setBroken] = useState<string | null>(null);
  const shown = portrait !== null && portrait !== broken;
  return (
    <span
      className={classes.face}
      data-hue={hue(seed)}
      style={{ width: size, height: size, fontSize: Math.max(10, Math.round(size * 0.36)) }}
    >
      {shown ? (
        <img
          className={classes.portrait}
          src={`/api/v1/portraits/${portrait}`}
          alt=""
          loading="lazy"
          draggable={false}
          onError={() => setBroken(portrait)}
        />
      ) : (
        <span aria-hidden>{initials(name)}</span>
      )}
      {channelId !== undefined && (
        <span className={classes.faceChannel}>
          <ChannelIcon channelId={channelId} size={12} />
        </span>
      )}
    </span>
  );
}
