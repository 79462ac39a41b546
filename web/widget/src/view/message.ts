/** Draws one message: its words with safe links, its files, and how far it is. */

import type { Entry } from "../chat";
import { pieces } from "../links";
import type { Choice, FileItem, Language } from "../protocol";
import { type Texts, fileSize } from "../texts";
import { timeOfDay } from "../times";
import { ICONS, h, icon } from "./dom";

export interface Drawing {
  base: string;
  texts: Texts;
  language: Language;
  stored: boolean;
  seen: boolean;
  /** Said only above the first of several messages of one author. */
  named: boolean;
  /** The time is said only under the last of several of one minute. */
  timed: boolean;
  /** Said by the visitor since: its choices are gone. */
  answered: boolean;
  press: (choice: Choice) => void;
  retry: () => void;
  discard: () => void;
}

export function message(entry: Entry, drawing: Drawing): HTMLElement {
  const { item } = entry;
  const { texts } = drawing;
  const mine = item?.mine ?? true;
  const author = mine ? texts.you : item?.author || texts.us;
  const text = item ? item.text : (entry.frame?.text ?? "");
  return h(
    "li",
    { class: `message ${mine ? "mine" : "ours"}${entry.failure ? " failed" : ""}` },
    h("span", { class: mine || !drawing.named ? "hidden" : "author" }, author),
    item?.deleted
      ? h("p", { class: "bubble gone" }, texts.deleted)
      : h(
          "div",
          { class: "bubble" },
          text ? words(text) : null,
          ...(item ? item.files.map((file) => attachment(file, drawing)) : []),
          ...(item ? [] : (entry.frame?.files ?? []).map((file) => fileLine(file.name, file.size, drawing))),
        ),
    item?.buttons.length && !drawing.answered ? choices(item.buttons, author, drawing) : null,
    entry.failure ? failure(drawing) : drawing.timed ? meta(entry, mine, drawing) : null,
  );
}

function choices(buttons: Choice[], author: string, { press }: Drawing): HTMLElement {
  return h(
    "div",
    { class: "choices", role: "group", "aria-label": author },
    ...buttons.map((choice) => h("button", { type: "button", onclick: () => press(choice) }, choice.label)),
  );
}

function words(text: string): HTMLElement {
  return h(
    "p",
    { class: "words", dir: "auto" },
    ...pieces(text).map((piece) =>
      piece.href
        ? h("a", { href: piece.href, target: "_blank", rel: "noopener noreferrer nofollow" }, piece.text)
        : piece.text,
    ),
  );
}

function attachment(file: FileItem, drawing: Drawing): HTMLElement {
  if (file.state === "failed" || file.state === "refused") {
    return h("p", { class: "file gone" }, icon(ICONS.file), h("span", {}, `${file.name}: ${drawing.texts.fileGone}`));
  }
  if (!file.url) return fileLine(file.name, file.size, drawing);
  const href = drawing.base + file.url;
  if (/^image\/(png|jpeg|gif|webp)$/.test(file.type)) {
    const size = file.width && file.height ? { width: file.width, height: file.height } : {};
    const picture = h("img", { src: href, alt: file.name, loading: "lazy", ...size });
    return h("a", { class: "picture", href, target: "_blank", rel: "noopener" }, picture);
  }
  return h(
    "a",
    { class: "file", href, target: "_blank", rel: "noopener" },
    icon(ICONS.file),
    h("span", { class: "name" }, file.name),
    file.size === null ? null : h("span", { class: "size" }, fileSize(file.size, drawing.language)),
  );
}

function fileLine(name: string, size: number | null, drawing: Drawing): HTMLElement {
  return h(
    "p",
    { class: "file", title: drawing.texts.fetching },
    icon(ICONS.file),
    h("span", { class: "name" }, name),
    size === null ? null : h("span", { class: "size" }, fileSize(size, drawing.language)),
  );
}

function meta(entry: Entry, mine: boolean, drawing: Drawing): HTMLElement {
  const { texts, language } = drawing;
  const line = h("span", { class: "meta" }, h("time", { datetime: entry.at.toISOString() }, timeOfDay(entry.at, language)));
  if (entry.item?.edited && !entry.item.deleted) line.append(` · ${texts.edited}`);
  if (mine) {
    const [path, word] = drawing.seen
      ? [ICONS.ticks, texts.seen]
      : entry.item || drawing.stored
        ? [ICONS.tick, texts.sent]
        : [ICONS.clock, texts.sending];
    line.append(h("span", { class: `tick${drawing.seen ? " seen" : ""}`, title: word }, icon(path), h("span", { class: "hidden" }, word)));
  }
  return line;
}

function failure({ texts, retry, discard }: Drawing): HTMLElement {
  return h(
    "div",
    { class: "failure", role: "alert" },
    h("span", {}, `${texts.failed}. ${texts.notTaken}`),
    h("button", { type: "button", onclick: retry }, texts.retry),
    h("button", { type: "button", onclick: discard }, texts.discard),
  );
}
