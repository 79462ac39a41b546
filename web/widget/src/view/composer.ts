/** Where the visitor writes: text that grows, files with their progress, one button. */

import type { Chat } from "../chat";
import type { Config, Language, Upload } from "../protocol";
import { type Texts, fileSize, fill } from "../texts";
import { UploadFailed, upload } from "../upload";
import { ICONS, h, icon } from "./dom";

interface Chosen {
  file: File;
  done: Upload | null;
  line: HTMLElement;
}

export class Composer {
  readonly element: HTMLElement;
  private readonly input: HTMLTextAreaElement;
  private readonly sendButton: HTMLButtonElement;
  private readonly picker: HTMLInputElement;
  private readonly files = h("ul", { class: "chosen" });
  private readonly problem = h("p", { class: "problem", role: "alert" });
  private chosen: Chosen[] = [];

  constructor(
    private readonly chat: Chat,
    private readonly config: Config,
    private readonly texts: Texts,
    private readonly language: Language,
  ) {
    this.input = h("textarea", {
      rows: 1,
      "aria-label": texts.write,
      placeholder: texts.write,
      enterkeyhint: "send",
      oninput: () => this.typed(),
      onkeydown: (event: KeyboardEvent) => this.pressed(event),
      onpaste: (event: ClipboardEvent) => this.add(event.clipboardData?.files),
    });
    this.sendButton = h("button", { type: "submit", class: "round send", "aria-label": texts.send, title: texts.send }, icon(ICONS.send));
    this.picker = h("input", { type: "file", multiple: true, hidden: true, onchange: () => this.picked() });
    const attach = h(
      "button",
      { type: "button", class: "round", "aria-label": texts.attach, title: texts.attach, onclick: () => this.picker.click() },
      icon(ICONS.clip),
    );
    this.element = h(
      "form",
      { class: "composer", onsubmit: (event: SubmitEvent) => this.submit(event) },
      this.problem,
      this.files,
      h("div", { class: "row" }, config.limits.files ? attach : null, this.picker, this.input, this.sendButton),
    );
    this.element.addEventListener("dragover", (event) => event.preventDefault());
    this.element.addEventListener("drop", (event) => {
      event.preventDefault();
      this.add(event.dataTransfer?.files);
    });
    this.input.value = chat.memory.draft;
    this.refresh();
  }

  focus(): void {
    this.input.focus();
  }

  /** Once it is in the page its height can be measured. */
  refresh(): void {
    this.input.rows = 1;
    const line = 20;
    this.input.rows = Math.min(6, Math.max(1, Math.round((this.input.scrollHeight - 20) / line)));
    const over = this.input.value.length - this.config.limits.text;
    if (over > 0) this.say(fill(this.texts.tooLong, { n: over }));
    const uploading = this.chosen.some(({ done }) => !done);
    const empty = !this.input.value.trim() && !this.chosen.length;
    this.sendButton.disabled = uploading || empty || over > 0;
  }

  private typed(): void {
    this.say("");
    this.chat.memory.draft = this.input.value;
    if (this.input.value) this.chat.mentionTyping();
    this.refresh();
  }

  private pressed(event: KeyboardEvent): void {
    // While a Korean syllable is being composed, Enter ends the syllable and must not send.
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.submit(event);
    }
  }

  private submit(event: Event): void {
    event.preventDefault();
    if (this.sendButton.disabled) return;
    this.chat.send(
      this.input.value.trim(),
      this.chosen.flatMap(({ done }) => (done ? [done] : [])),
    );
    this.input.value = this.chat.memory.draft = "";
    this.chosen = [];
    this.files.replaceChildren();
    this.say("");
    this.refresh();
    this.input.focus();
  }

  private picked(): void {
    this.add(this.picker.files);
    this.picker.value = "";
    this.input.focus();
  }

  private add(files: FileList | null | undefined): void {
    const { limits } = this.config;
    if (!limits.files) return;
    for (const file of files ?? []) {
      const name = file.name;
      if (this.chosen.length >= limits.files) this.say(fill(this.texts.tooMany, { n: limits.files }));
      else if (file.size > limits.file_bytes) {
        this.say(fill(this.texts.tooLarge, { name, size: fileSize(limits.file_bytes, this.language) }));
      } else if (!file.size) this.say(fill(this.texts.emptyFile, { name }));
      else void this.start(file);
    }
    this.refresh();
  }

  private async start(file: File): Promise<void> {
    const bar = h("progress", { max: 1, value: 0, "aria-label": fill(this.texts.uploading, { name: file.name, n: 0 }) });
    const chosen: Chosen = { file, done: null, line: h("li") };
    const label = fill(this.texts.remove, { name: file.name });
    const remove = h("button", { type: "button", "aria-label": label, title: label, onclick: () => this.remove(chosen) }, icon(ICONS.close));
    chosen.line.append(icon(ICONS.file), h("span", { class: "name" }, file.name), bar, remove);
    this.chosen.push(chosen);
    this.files.append(chosen.line);
    this.refresh();
    try {
      chosen.done = await upload(this.chat.base, this.chat.memory.token, file, (share) => (bar.value = share));
      bar.replaceWith(h("span", { class: "size" }, fileSize(file.size, this.language)));
    } catch (error) {
      this.remove(chosen);
      this.say(this.reason(error, file.name));
    }
    this.refresh();
  }

  private reason(error: unknown, name: string): string {
    const { texts } = this;
    const code = error instanceof UploadFailed ? error.code : "failed";
    const size = fileSize(this.config.limits.file_bytes, this.language);
    const words = { too_large: texts.tooLarge, file_refused: texts.fileRefused, rate: texts.slow, failed: texts.uploadFailed };
    return fill(words[code], { name, size });
  }

  private remove(chosen: Chosen): void {
    this.chosen = this.chosen.filter((one) => one !== chosen);
    chosen.line.remove();
    this.refresh();
    this.input.focus();
  }

  private say(text: string): void {
    this.problem.textContent = text;
  }
}
