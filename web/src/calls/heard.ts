/** Which seconds of a recording were played: jumps are not counted as heard. */

const STEP = 1.5;

export class Heard {
  private spans: [number, number][] = [];
  private last: number | null = null;

  /** The player is at this second. */
  at(second: number, paused: boolean): void {
    const { last } = this;
    if (last !== null && second > last && second - last <= STEP * 2) {
      const open = this.spans.at(-1);
      if (open !== undefined && open[1] === last) open[1] = second;
      else this.spans.push([last, second]);
    }
    this.last = paused ? null : second;
  }

  /** The listener jumped. */
  jump(second: number): void {
    this.last = second;
  }

  /** What was heard since it was last asked. */
  take(): [number, number][] {
    const { spans } = this;
    this.spans = [];
    return spans;
  }
}
