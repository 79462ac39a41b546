/** Both voices drawn apart from the hub's own peaks, with comments, hits and a range that is dragged over them. */
import { useEffect, useEffectEvent, useRef, useState } from "react";
import WaveSurfer from "wavesurfer.js";
import RegionsPlugin from "wavesurfer.js/dist/plugins/regions.esm.js";
import type { Span } from "./moves";
import type { Waveform as Found } from "./queries";
import classes from "./reviews.module.css";

export interface Mark {
  start: number;
  end: number | null;
  kind: "comment" | "hit" | "range" | "hold" | "pause" | "unsure";
  /** A word or two at the place itself. */
  label?: string;
}

interface Props {
  found: Found;
  time: number;
  zoom: number;
  marks: readonly Mark[];
  label: string;
  seek(second: number): void;
  choose(range: Span): void;
}

export function Waveform({ found, time, zoom, marks, label, seek, choose }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const drawn = useRef<{ wave: WaveSurfer; regions: ReturnType<typeof RegionsPlugin.create> } | null>(null);
  // Before it knows its length, wavesurfer puts every mark at the beginning.
  const [ready, setReady] = useState(false);
  const onSeek = useEffectEvent(seek);
  const onChoose = useEffectEvent(choose);
  const { lanes, seconds } = found;

  useEffect(() => {
    const container = box.current;
    if (container === null) return;
    const colour = (name: string) => getComputedStyle(container).getPropertyValue(name).trim();
    const regions = RegionsPlugin.create();
    const [ours, theirs] = [colour("--accent"), colour("--bot-text")];
    const wave = WaveSurfer.create({
      container,
      height: 56,
      peaks: lanes.map((lane) => lane.peaks.map((peak) => peak / 100)),
      duration: seconds,
      cursorColor: colour("--late"),
      cursorWidth: 2,
      barWidth: 2,
      barGap: 1,
      barRadius: 1,
      normalize: true,
      waveColor: ours,
      progressColor: ours,
      splitChannels: lanes.map((lane) => {
        const own = lane.lane === "contact" ? theirs : ours;
        return { waveColor: own, progressColor: own };
      }),
      plugins: [regions],
    });
    wave.on("ready", () => setReady(true));
    wave.on("interaction", (second) => onSeek(second));
    const stopDragging = regions.enableDragSelection({ color: "transparent" });
    regions.on("region-created", (region) => {
      if (region.id.startsWith("mark")) return;
      region.remove();
      if (region.end - region.start > 0.3) onChoose([region.start, region.end]);
    });
    drawn.current = { wave, regions };
    return () => {
      drawn.current = null;
      setReady(false);
      stopDragging();
      wave.destroy();
    };
  }, [lanes, seconds]);

  useEffect(() => {
    if (ready) drawn.current?.wave.setTime(time);
  }, [time, ready]);
  useEffect(() => {
    if (zoom > 0) drawn.current?.wave.zoom(zoom);
  }, [zoom]);
  useEffect(() => {
    const { regions } = drawn.current ?? {};
    const element = box.current;
    if (regions === undefined || element === null || !ready) return;
    const style = getComputedStyle(element);
    const colours = {
      comment: "--note-fill",
      hit: "--good",
      range: "--accent",
      hold: "--text-2",
      pause: "--late",
      unsure: "--late",
    } as const;
    const strength = ({ end, kind }: Mark) => (end === null ? "100%" : kind === "unsure" ? "12%" : "28%");
    for (const region of regions.getRegions()) region.remove();
    marks.forEach((mark, index) =>
      regions.addRegion({
        id: `mark-${index}`,
        start: mark.start,
        ...(mark.end === null ? {} : { end: mark.end }),
        ...(mark.label === undefined ? {} : { content: mark.label }),
        drag: false,
        resize: false,
        color: `color-mix(in srgb, ${style.getPropertyValue(colours[mark.kind])} ${strength(mark)}, transparent)`,
      }),
    );
  }, [marks, ready]);
  return <div ref={box} className={classes.wave} role="img" aria-label={label} />;
}
