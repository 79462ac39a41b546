/** Where a player goes on: past silences, faster, slower. Pure. */
export type Span = readonly [number, number];
export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2] as const;

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

/** Where stretches of a call lie, in seconds of its recording; what lies outside of it falls away. */
export function spansIn(
  spans: readonly { began_at: string; ended_at: string | null }[],
  recordingBegan: string,
  length: number,
): readonly Span[] {
  const zero = Date.parse(recordingBegan);
  return spans.flatMap(({ began_at, ended_at }) => {
    const start = Math.max(0, (Date.parse(began_at) - zero) / 1000);
    const end = Math.min(length, ended_at === null ? length : (Date.parse(ended_at) - zero) / 1000);
    return end - start > 0.5 ? [[start, end] as const] : [];
  });
}
