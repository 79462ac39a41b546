/** When this browser last looked at each conversation: places the line "new since you looked". */
const KEY = "hub-seen";
const KEPT = 400;

function read(): Record<string, string> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return typeof stored === "object" && stored !== null ? (stored as Record<string, string>) : {};
  } catch {
    return {};
  }
}

export function seenAt(conversationId: string): string | null {
  return read()[conversationId] ?? null;
}

export function rememberSeen(conversationId: string, at: string): void {
  const entries = Object.entries({ ...read(), [conversationId]: at });
  const newest = entries.toSorted((a, b) => (a[1] < b[1] ? 1 : -1)).slice(0, KEPT);
  localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(newest)));
}
