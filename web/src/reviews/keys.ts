/** The keys of the review page, by the key's place so that they hold on Korean and Polish layouts. */
import { useEffect, useEffectEvent } from "react";
import { isWriting } from "../shell/shortcuts";
import { nextSpeed } from "./moves";

interface Does {
  time: number;
  speed: number;
  toggle(): void;
  seek(second: number): void;
  setSpeed(speed: number): void;
  comment(): void;
  score(): void;
}

export function useKeys({ time, speed, toggle, seek, setSpeed, comment, score }: Does): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    const { target } = event;
    if (target instanceof Element && target.closest('[role="dialog"]') !== null) return;
    const onControl = target instanceof Element && target.closest('button,a,[role="slider"],[role="listbox"]') !== null;
    const by: Record<string, () => void> = {
      KeyK: toggle,
      KeyJ: () => seek(time - 10),
      KeyL: () => seek(time + 10),
      KeyC: comment,
      KeyS: score,
      ...(event.shiftKey
        ? {
            Comma: () => setSpeed(nextSpeed(speed, -1)),
            Period: () => setSpeed(nextSpeed(speed, 1)),
          }
        : {}),
      ...(onControl
        ? {}
        : {
            Space: toggle,
            ArrowLeft: () => seek(time - 5),
            ArrowRight: () => seek(time + 5),
          }),
    };
    const act = by[event.code];
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    const stop = new AbortController();
    addEventListener("keydown", press, { signal: stop.signal });
    return () => stop.abort();
  }, []);
}
