/** A waveform as bars. Pure. */

const LOWEST = 6;

/** Returns `count` heights from 6 to 100; the loudest of each stretch counts, and silence or nothing is a thin line. */
export function barsOf(peaks: readonly number[], count: number): number[] {
  return Array.from({ length: count }, (_, bar) => {
    const from = Math.floor((bar * peaks.length) / count);
    const to = Math.max(from + 1, Math.floor(((bar + 1) * peaks.length) / count));
    return Math.max(LOWEST, ...peaks.slice(from, to));
  });
}

/** Returns levels from 0 to 100 of sound as it was decoded, as the hub counts them. */
export function peaksOf(samples: Float32Array, count: number): number[] {
  const size = Math.max(1, Math.ceil(samples.length / count));
  const levels = Array.from({ length: Math.min(count, samples.length) }, (_, bar) => {
    let most = 0;
    for (const sample of samples.subarray(bar * size, (bar + 1) * size)) most = Math.max(most, Math.abs(sample));
    return most;
  });
  const loudest = Math.max(...levels, 0);
  return loudest === 0 ? levels : levels.map((level) => Math.round((level / loudest) * 100));
}
