/** A playlist's clips as they are saved: who added them and when is the hub's to keep. Pure. */
import type { components } from "../api/schema";
import type { Clip } from "./queries";

type ClipEdit = components["schemas"]["ClipEdit"];

export const clipEdits = (clips: readonly Clip[]): ClipEdit[] =>
  clips.map(({ id, call_id, start, end, title, note }) => ({ id, call_id, start, end, title, note }));
