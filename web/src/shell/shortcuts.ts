/** Keyboard shortcuts by physical key, so that they hold on Korean and Polish layouts; each can be switched off. */
import { useEffect, useRef } from "react";
import { usePrefs } from "./prefs";

/** Every shortcut there is: what `?` lists. `code` is the key's place on the keyboard. */
export const SHORTCUTS = {
  next: { code: "KeyJ", shown: "J" },
  previous: { code: "KeyK", shown: "K" },
  reply: { code: "KeyR", shown: "R" },
  note: { code: "KeyN", shown: "N" },
  assignMe: { code: "KeyA", shown: "A" },
  resolve: { code: "KeyE", shown: "E" },
  snooze: { code: "KeyS", shown: "S" },
  macro: { code: "KeyM", shown: "M" },
  panel: { code: "KeyO", shown: "O" },
  focusMode: { code: "KeyZ", shown: "Z" },
  unread: { code: "KeyU", shown: "U" },
  inbox: { code: "Digit1", shown: "1" },
  contacts: { code: "Digit2", shown: "2" },
  settings: { code: "Digit3", shown: "3" },
  search: { code: "Slash", shown: "/" },
  help: { code: "Slash", shift: true, shown: "?" },
  close: { code: "Escape", shown: "Esc" },
} as const satisfies Record<string, { code: string; shift?: boolean; shown: string }>;

export type ShortcutName = keyof typeof SHORTCUTS;

const handlers = new Map<ShortcutName, (() => void)[]>();

/** Tells whether the person is writing: then letters are letters. */
export function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

/** Returns the shortcut an event means, if any. */
export function shortcutOf(
  event: Pick<KeyboardEvent, "code" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">,
): ShortcutName | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const names = Object.keys(SHORTCUTS) as ShortcutName[];
  return names.find((name) => {
    const shortcut: { code: string; shift?: boolean } = SHORTCUTS[name];
    return shortcut.code === event.code && (shortcut.shift ?? false) === event.shiftKey;
  });
}

/** Tells whether something lies over the page that letters belong to: a dialog, a menu, a list of choices. */
function isCovered(): boolean {
  const layers = document.querySelectorAll('[role="dialog"],[role="menu"],[role="listbox"]');
  // Closed lists of choices stay in the page, unseen.
  return [...layers].some((layer) => layer.getClientRects().length > 0);
}

export function listenForShortcuts(): () => void {
  // A layer closes itself at Escape, and may be gone when the key comes by here: then Escape was meant for it.
  let left = false;
  const onDown = (event: KeyboardEvent) => {
    left = event.code === "Escape" && isCovered();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || isWriting(event.target)) return;
    const name = shortcutOf(event);
    if (name === undefined || left || isCovered() || !usePrefs.getState().shortcuts) return;
    const newest = handlers.get(name)?.at(-1);
    if (newest === undefined) return;
    event.preventDefault();
    newest();
  };
  window.addEventListener("keydown", onDown, true);
  window.addEventListener("keydown", onKey);
  return () => {
    window.removeEventListener("keydown", onDown, true);
    window.removeEventListener("keydown", onKey);
  };
}

/** Handles a shortcut while mounted; the innermost screen wins. */
export function useShortcut(name: ShortcutName, handle: () => void, on = true): void {
  const latest = useRef(handle);
  useEffect(() => {
    latest.current = handle;
  });
  useEffect(() => {
    if (!on) return undefined;
    const run = () => latest.current();
    handlers.set(name, [...(handlers.get(name) ?? []), run]);
    return () => {
      handlers.set(
        name,
        (handlers.get(name) ?? []).filter((each) => each !== run),
      );
    };
  }, [name, on]);
}
