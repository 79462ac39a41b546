/** What is being written in each conversation; it survives going to another one and coming back. */
import { create } from "zustand";
import type { Attachment, ConversationDetail, Interaction } from "../api/types";

export interface ComposerFile {
  id: string;
  name: string;
  type: string;
  size: number;
  /** 0 to 1; 1 only when the server has it. */
  progress: number;
  error: string;
  view: Attachment | null;
}

export interface Writing {
  text: string;
  note: boolean;
  cc: string;
  replyTo: NonNullable<Interaction["reply_to"]> | null;
  files: ComposerFile[];
  /** The call of the assistant that wrote these words: they are marked until a person sends them. */
  assistantCall: string | null;
}

export const NOTHING: Writing = { text: "", note: false, cc: "", replyTo: null, files: [], assistantCall: null };

interface ComposerState {
  writing: Readonly<Record<string, Writing>>;
  change: (conversationId: string, change: Partial<Writing>) => void;
  changeFile: (conversationId: string, fileId: string, change: Partial<ComposerFile>) => void;
  setReplyTo: (conversationId: string, replyTo: Writing["replyTo"]) => void;
  clear: (conversationId: string) => void;
  begin: (detail: ConversationDetail) => void;
}

export const useComposer = create<ComposerState>()((set) => ({
  writing: {},
  change: (id, change) =>
    set((state) => ({ writing: { ...state.writing, [id]: { ...(state.writing[id] ?? NOTHING), ...change } } })),
  changeFile: (id, fileId, change) =>
    set((state) => {
      const now = state.writing[id] ?? NOTHING;
      const files = now.files.map((file) => (file.id === fileId ? { ...file, ...change } : file));
      return { writing: { ...state.writing, [id]: { ...now, files } } };
    }),
  setReplyTo: (id, replyTo) =>
    set((state) => ({
      writing: { ...state.writing, [id]: { ...(state.writing[id] ?? NOTHING), replyTo, note: false } },
    })),
  // Whether one writes a note is kept: a second note usually follows the first.
  clear: (id) => set((state) => ({ writing: { ...state.writing, [id]: { ...NOTHING, note: false } } })),
  begin: ({ row, draft, draft_files, draft_quote }) =>
    set((state) => {
      if (state.writing[row.id] !== undefined || draft === null) return state;
      const { text, note, cc } = draft;
      const begun = {
        ...NOTHING,
        text,
        note,
        cc: cc.join(", "),
        files: draft_files.map(uploaded),
        replyTo: draft_quote,
        assistantCall: draft.assistant_call_id,
      };
      return { writing: { ...state.writing, [row.id]: begun } };
    }),
}));

/** A file the server has already. */
function uploaded(view: Attachment): ComposerFile {
  return {
    id: view.id,
    name: view.name,
    type: view.media_type,
    size: view.size ?? 0,
    progress: 1,
    error: view.error,
    view,
  };
}

/** What is being written now, for handlers that run later than they were made. */
export function writingNow(conversationId: string): Writing {
  return useComposer.getState().writing[conversationId] ?? NOTHING;
}

/** The addresses of a field in which people separate them as they like. */
export const addresses = (cc: string): string[] => cc.split(/[,;\s]+/).filter(Boolean);

export function isEmpty(writing: Writing): boolean {
  return writing.text.trim() === "" && writing.files.length === 0;
}
