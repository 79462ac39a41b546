/** The questions before a chat, and the offline form: the same form, with or without a message. */

import type { Config, Field } from "../protocol";
import type { Texts } from "../texts";
import { h } from "./dom";

export interface Answers {
  fields: Record<string, string>;
  message: string;
}

const KNOWN: Record<string, { type: string; autocomplete: string }> = {
  name: { type: "text", autocomplete: "name" },
  email: { type: "email", autocomplete: "email" },
  phone: { type: "tel", autocomplete: "tel" },
};

/** Make the form. `offline` adds the message, and asks for an e-mail address: there must be a way to answer. */
export function questions(
  config: Config,
  texts: Texts & { consent: string },
  offline: boolean,
  done: (answers: Answers) => void,
): HTMLFormElement {
  const asked: Field[] = config.fields.map((field) =>
    offline && field.key === "email" ? { ...field, required: true } : field,
  );
  if (offline && !asked.some(({ key }) => key === "email")) asked.unshift({ key: "email", label: "", required: true });
  const rows = asked.map((field) => row(field.key, labelOf(field, texts), field.required, texts));
  const message = offline ? row("message", texts.message, true, texts, config.limits.text) : null;
  const consent = texts.consent ? agreement(config, texts) : null;
  const all = [...rows, ...(message ? [message] : [])];
  const form = h(
    "form",
    { class: "questions", novalidate: true },
    h("p", { class: "greeting" }, offline ? texts.offline : texts.welcome),
    ...all.map(({ element }) => element),
    consent?.element ?? null,
    h("button", { type: "submit", class: "wide" }, offline ? texts.leave : texts.start),
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    // Every field is checked, so that all that is wrong shows at once; the first gets the focus.
    const checked = [...all, ...(consent ? [consent] : [])].map((one) => ({ one, fits: one.check() }));
    const wrong = checked.find(({ fits }) => !fits);
    if (wrong) {
      wrong.one.focus();
      return;
    }
    const fields = Object.fromEntries(rows.filter(({ value }) => value()).map(({ key, value }) => [key, value()]));
    done({ fields, message: message?.value() ?? "" });
  });
  return form;
}

interface Row {
  key: string;
  element: HTMLElement;
  value(): string;
  check(): boolean;
  focus(): void;
}

function labelOf(field: Field, texts: Texts): string {
  return field.label || (texts as unknown as Record<string, string>)[field.key] || field.key;
}

function row(key: string, label: string, required: boolean, texts: Texts, limit = 1000): Row {
  const id = `q-${key}`;
  const shared = { id, name: key, maxlength: limit, "aria-describedby": `${id}-error`, "aria-required": required ? "true" : null };
  const input =
    key === "message"
      ? h("textarea", { ...shared, rows: 4 })
      : h("input", { ...shared, ...(KNOWN[key] ?? { type: "text", autocomplete: "off" }) });
  const error = h("p", { class: "problem", id: `${id}-error` });
  const hint = required ? null : h("span", { class: "hint" }, ` (${texts.optional})`);
  const problem = () => {
    const value = input.value.trim();
    if (required && !value) return texts.required;
    if (key === "email" && value && !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(value)) return texts.badEmail;
    if (key === "phone" && value && !/^[+0-9 ()./-]{5,}$/.test(value)) return texts.badPhone;
    return "";
  };
  const check = () => {
    error.textContent = problem();
    input.setAttribute("aria-invalid", String(error.textContent !== ""));
    return !error.textContent;
  };
  input.addEventListener("input", () => error.textContent && check());
  const element = h("div", { class: "field" }, h("label", { for: id }, label, hint), input, error);
  return { key, element, value: () => input.value.trim(), check, focus: () => input.focus() };
}

function agreement(config: Config, texts: Texts & { consent: string }): Row {
  const input = h("input", { type: "checkbox", id: "q-consent", "aria-describedby": "q-consent-error" });
  const error = h("p", { class: "problem", id: "q-consent-error" });
  const link = config.consent_link
    ? h("a", { href: config.consent_link, target: "_blank", rel: "noopener" }, texts.policy)
    : null;
  const text = h("label", { for: "q-consent" }, `${texts.consent} `, h("span", {}, texts.agree));
  const element = h("div", { class: "field" }, h("div", { class: "consent" }, input, h("div", {}, text, link ? " " : null, link)), error);
  const check = () => {
    error.textContent = input.checked ? "" : texts.mustAgree;
    return input.checked;
  };
  input.addEventListener("change", () => error.textContent && check());
  return { key: "consent", element, value: () => "", check, focus: () => input.focus() };
}
