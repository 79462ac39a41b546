/** Sends keys one after another: a sender that is given the next key too soon forgets the one before. */

export interface Paced {
  /** Sends these keys once all before them are sent. */
  add(keys: string): void;
  /** Forgets what is not sent yet. */
  stop(): void;
}

/** Makes one that gives each key to `send` at least `gap` milliseconds after the one before. */
export function paced(send: (key: string) => void, gap: number): Paced {
  let waiting = "";
  let timer: ReturnType<typeof setTimeout> | undefined;
  const next = () => {
    const key = waiting.charAt(0);
    waiting = waiting.slice(1);
    timer = key === "" ? undefined : setTimeout(next, gap);
    if (key !== "") send(key);
  };
  return {
    add(keys) {
      waiting += keys;
      if (timer === undefined) next();
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
      waiting = "";
    },
  };
}
