/** The colours of charts: those of the screens, and eight that are told apart with any kind of colour vision. */

export interface Colours {
  text: string;
  quiet: string;
  line: string;
  surface: string;
  accent: string;
  tint: string;
  wait: string;
  late: string;
  good: string;
}

export function coloursOf(): Colours {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string) => style.getPropertyValue(name).trim();
  return {
    text: of("--text"),
    quiet: of("--text-2"),
    line: of("--line"),
    surface: of("--surface"),
    accent: of("--accent"),
    tint: of("--accent-tint"),
    wait: of("--wait"),
    late: of("--late"),
    good: of("--good"),
  };
}

/** Okabe and Ito's palette for all kinds of colour vision (https://jfly.uni-koeln.de/color/), its yellow darkened. */
export const PALETTE = [
  "#0072b2",
  "#e69f00",
  "#009e73",
  "#cc79a7",
  "#56b4e9",
  "#d55e00",
  "#8a7a00",
  "#7f7f7f",
] as const;

/** Always the same colour for the same channel: by its place among all channels in order of making. */
export function channelColour(id: string, channels: Iterable<string>): string {
  const place = [...channels].indexOf(id);
  return PALETTE[(place < 0 ? PALETTE.length - 1 : place) % PALETTE.length] ?? PALETTE[0];
}
