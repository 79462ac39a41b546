/** What jsdom lacks and the components ask for. */
import { cleanup } from "@testing-library/react";
import { afterEach } from "vitest";

class NoObserver {
  observe(): void {
    // jsdom lays nothing out: there is nothing to observe.
  }
  unobserve(): void {
    // See above.
  }
  disconnect(): void {
    // See above.
  }
}

if (typeof window !== "undefined") {
  globalThis.ResizeObserver ??= NoObserver;
  window.matchMedia ??= (query: string) =>
    Object.assign(new EventTarget(), {
      matches: false,
      media: query,
      onchange: null,
      addListener: () => undefined,
      removeListener: () => undefined,
    });
  if (!("fonts" in document)) Object.assign(document, { fonts: new EventTarget() });
  Element.prototype.scrollIntoView ??= () => undefined;
}

afterEach(cleanup);
