import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { renderHook } from "@testing-library/react";
import { usePrefs } from "./prefs";
import { listenForShortcuts, shortcutOf, useShortcut } from "./shortcuts";

const key = (code: string, change: Partial<KeyboardEvent> = {}) => ({
  code,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...change,
});
const press = (code: string, target: EventTarget = document.body) =>
  target.dispatchEvent(new KeyboardEvent("keydown", { code, bubbles: true, cancelable: true }));

describe("which shortcut a key means", () => {
  it("goes by the key's place, so a Korean layout changes nothing", () => {
    expect(shortcutOf(key("KeyJ"))).toBe("next");
  });

  it("tells / from ?", () => {
    expect(shortcutOf(key("Slash"))).toBe("search");
    expect(shortcutOf(key("Slash", { shiftKey: true }))).toBe("help");
  });

  it("leaves the browser's own alone", () => {
    expect(shortcutOf(key("KeyR", { ctrlKey: true }))).toBeUndefined();
    expect(shortcutOf(key("KeyS", { metaKey: true }))).toBeUndefined();
  });
});

describe("shortcuts on a page", () => {
  let stop: () => void;
  beforeEach(() => {
    stop = listenForShortcuts();
  });
  afterEach(() => {
    stop();
    usePrefs.setState({ shortcuts: true });
    document.body.replaceChildren();
  });

  it("work while mounted and not after", () => {
    const handle = vi.fn();
    const { unmount } = renderHook(() => useShortcut("next", handle));
    press("KeyJ");
    unmount();
    press("KeyJ");
    expect(handle).toHaveBeenCalledOnce();
  });

  it("leave letters to who is writing", () => {
    const handle = vi.fn();
    renderHook(() => useShortcut("next", handle));
    const field = document.body.appendChild(document.createElement("textarea"));
    press("KeyJ", field);
    expect(handle).not.toHaveBeenCalled();
  });

  it("leave Escape to the dialog it closes", () => {
    const handle = vi.fn();
    renderHook(() => useShortcut("close", handle));
    const dialog = document.body.appendChild(document.createElement("div"));
    dialog.setAttribute("role", "dialog");
    dialog.getClientRects = () => [new DOMRect()] as unknown as DOMRectList;
    window.addEventListener("keydown", () => dialog.remove(), { capture: true, once: true });
    press("Escape", dialog);
    expect(handle).not.toHaveBeenCalled();
    press("Escape");
    expect(handle).toHaveBeenCalledOnce();
  });

  it("can be switched off", () => {
    usePrefs.setState({ shortcuts: false });
    const handle = vi.fn();
    renderHook(() => useShortcut("next", handle));
    press("KeyJ");
    expect(handle).not.toHaveBeenCalled();
  });
});
