/** What somebody does not want to be told again in this session: kept in the window, for each person on their own. */
import { useState } from "react";

const read = (place: string): readonly string[] => {
  try {
    return JSON.parse(sessionStorage.getItem(place) ?? "[]") as string[];
  } catch {
    return [];
  }
};

/** Returns the names dismissed by this person, and how to dismiss more. */
export function useDismissed(userId: string): [ReadonlySet<string>, (names: readonly string[]) => void] {
  const place = `hub-dismissed-${userId}`;
  const [names, setNames] = useState(() => read(place));
  const dismiss = (more: readonly string[]) => {
    const all = [...names, ...more];
    setNames(all);
    sessionStorage.setItem(place, JSON.stringify(all));
  };
  return [new Set(names), dismiss];
}
