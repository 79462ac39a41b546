/** Make elements without HTML strings, and keep a list of them in step with data. */

type Props = Record<string, string | number | boolean | null | ((event: never) => void)>;

/** `h("button", { class: "send", disabled: true, onclick: f }, "Send")`. Text is always text, never markup. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: (Node | string | null)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value as EventListener);
    else if (typeof value === "boolean") element.toggleAttribute(name, value);
    else if (value !== null) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

/** A decorative line icon, 24 units square. */
export function icon(path: string): SVGSVGElement {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

export const ICONS = {
  chat: "M20 11.5a7.5 7.5 0 0 1-7.5 7.5H5l1.7-2.6A7.5 7.5 0 1 1 20 11.5Z",
  down: "m6 9 6 6 6-6",
  close: "M6 6l12 12M18 6 6 18",
  send: "M4.5 12h14M12.5 5.5 19 12l-6.5 6.5",
  clip: "m20 11.2-8.3 8.3a5 5 0 0 1-7.1-7.1l8.5-8.5a3.3 3.3 0 0 1 4.7 4.7l-8.5 8.5a1.7 1.7 0 0 1-2.4-2.4l7.8-7.8",
  file: "M13.5 3.5H7a1.5 1.5 0 0 0-1.5 1.5v14A1.5 1.5 0 0 0 7 20.5h10a1.5 1.5 0 0 0 1.5-1.5V8.5zM13.5 3.5V8.5H18.5",
  tick: "m5 12.5 4.5 4.5L19 7.500",
  ticks: "m2.5 12.5 4 4 8.5-9M11 15.5l1.500 1L21 7.500",
  clock: "M12 7v5l3 2M20 12a8 8 0 1 1-16 0 8 8 0 0 1 16 0Z",
} as const;

/** One keyed child: `make` is called again only when `state` changed. */
export interface Keyed {
  key: string;
  state: string;
  make: () => HTMLElement;
}

/** Keeps a parent's children in step with a list; elements that did not change stay where they are. */
export class KeyedChildren {
  private shown = new Map<string, { element: HTMLElement; state: string }>();

  constructor(private readonly parent: HTMLElement) {}

  update(list: readonly Keyed[]): void {
    const next = new Map<string, { element: HTMLElement; state: string }>();
    let place: ChildNode | null = this.parent.firstChild;
    for (const { key, state, make } of list) {
      const before = this.shown.get(key);
      const element = before?.state === state ? before.element : make();
      if (before && before.element !== element) {
        if (place === before.element) place = before.element.nextSibling;
        before.element.replaceWith(element);
        if (element.nextSibling !== place) this.parent.insertBefore(element, place);
      } else if (element === place) place = element.nextSibling;
      else this.parent.insertBefore(element, place);
      next.set(key, { element, state });
    }
    for (const [key, { element }] of this.shown) if (!next.has(key)) element.remove();
    this.shown = next;
  }
}
