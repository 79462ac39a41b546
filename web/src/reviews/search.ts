/** Which queue is shown and the second a link leads to, kept in the address bar. */
export interface ReviewSearch {
  queue?: string;
  t?: number;
}

/** Reads what a person may have typed; what makes no sense falls away. */
export function readReviewSearch(raw: Record<string, unknown>): ReviewSearch {
  const second = Number(raw.t);
  return {
    ...(typeof raw.queue === "string" && /^[\w-]{1,64}$/.test(raw.queue) ? { queue: raw.queue } : {}),
    ...(raw.t !== undefined && Number.isFinite(second) && second >= 0 ? { t: second } : {}),
  };
}
