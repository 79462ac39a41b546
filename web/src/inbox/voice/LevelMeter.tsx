/** How loud the microphone hears: the last moments as bars that move to the left. */
import { useEffect, useRef } from "react";
import type { Recording } from "./recording";
import classes from "./voice.module.css";

const EVERY = 80;
const STEP = 4;

export function LevelMeter({ recording, paused }: { recording: Recording; paused: boolean }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const levels = useRef<number[]>([]);
  useEffect(() => {
    if (paused) return undefined;
    const timer = setInterval(() => {
      const element = canvas.current;
      const pen = element?.getContext("2d");
      if (!element || !pen) return;
      const { clientWidth: width, clientHeight: height } = element;
      const scale = devicePixelRatio;
      element.width = width * scale;
      element.height = height * scale;
      levels.current = [...levels.current, recording.level()].slice(-Math.floor(width / STEP));
      pen.scale(scale, scale);
      pen.fillStyle = getComputedStyle(element).color;
      for (const [index, level] of levels.current.entries()) {
        const tall = Math.max(2, (level / 100) * height);
        pen.fillRect(width - (levels.current.length - index) * STEP, (height - tall) / 2, STEP - 1.5, tall);
      }
    }, EVERY);
    return () => clearInterval(timer);
  }, [recording, paused]);
  return <canvas ref={canvas} className={classes.levels} data-paused={paused || undefined} aria-hidden />;
}
