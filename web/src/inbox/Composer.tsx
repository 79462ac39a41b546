/** Where an answer or a note is written: within what the channel can carry, and it says what that is. */
import { Textarea } from "@mantine/core";
import { IconBolt, IconMessage2Bolt, IconMicrophone, IconPaperclip, IconTemplate, IconX } from "@tabler/icons-react";
import {
  type ClipboardEvent,
  type DragEvent,
  lazy,
  type RefObject,
  Suspense,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { flushSync } from "react-dom";
import { client } from "../api/client";
import { useMay } from "../api/hooks";
import type { ConversationDetail } from "../api/types";
import { useTranslation, withTexts } from "../i18n";
import { look } from "../shell/live";
import { useShortcut } from "../shell/shortcuts";
import { useLive } from "../ui/clock";
import { IconButton } from "../ui/IconButton";
import classes from "./composer.module.css";
import { LengthMeter, ReplyWindow } from "./ComposerMeters";
import { ComposerSend } from "./ComposerSend";
import { ComposerShut } from "./ComposerShut";
import { type ComposerFile, isEmpty, NOTHING, useComposer } from "./composerStore";
import { ComposerTop } from "./ComposerTop";
import { draftOf, useDraft } from "./drafts";
import { FileChips } from "./FileChips";
import { recordedAs, textRoom, windowOver } from "./limits";
import { useSend } from "./outgoing";
import { useSlash } from "./slash";
import { useUploads } from "./useUploads";

const VoiceRecorder = lazy(() => import("./voice/VoiceRecorder"));
const Copilot = lazy(withTexts(["bots"], () => import("../bots/Copilot")));
const MacroPicker = lazy(withTexts(["macros"], () => import("../macros/MacroPicker")));
const SavedList = lazy(withTexts(["saved"], () => import("../saved/SavedList")));
const TemplateReply = lazy(() => import("./template/TemplateReply"));

const TYPING_EVERY = 4000;

export function Composer({
  detail,
  field,
}: {
  detail: ConversationDetail;
  field: RefObject<HTMLTextAreaElement | null>;
}) {
  const { t } = useTranslation();
  const { row, capabilities } = detail;
  const begin = useComposer((state) => state.begin);
  const [begun, setBegun] = useState(false);
  useEffect(() => {
    begin(detail);
    setBegun(true);
    // Only when the conversation is opened: later drafts come from this very field.
    // oxlint-disable-next-line react/exhaustive-deps -- see above
  }, [row.id]);
  const change = useComposer((state) => state.change);
  const clear = useComposer((state) => state.clear);
  const writing = useComposer((state) => state.writing[row.id]) ?? NOTHING;
  const draft = useDraft(row.id, begun ? writing : NOTHING);
  const send = useSend(row);
  const mayAsk = useMay("assistant_use");
  const saved = useSlash();
  const { add, remove, refused, dismiss } = useUploads(row.id, capabilities);
  const picker = useRef<HTMLInputElement>(null);
  const [dragging, setDragging] = useState(false);
  const [recording, setRecording] = useState(false);
  const [picking, setPicking] = useState(false);
  /** The macro looked at first; "" for any, null while none is chosen. */
  const [macro, setMacro] = useState<string | null>(null);
  useShortcut("macro", () => setMacro(""));
  const lastTyping = useRef(0);
  const root = useRef<HTMLDivElement>(null);
  const wasAway = useRef(false);
  const away = recording || picking;
  useEffect(() => {
    // Back from the recorder or the templates: to the field, or to what stands in its place.
    if (wasAway.current && !away)
      (field.current ?? root.current?.querySelector<HTMLElement>("[data-template]"))?.focus();
    wasAway.current = away;
  }, [away, field]);

  const { note, text, files } = writing;
  const over = useLive((now) => windowOver(detail.reply_until, capabilities, now));
  const shut = !note && (detail.refused !== "" || over);
  const room = useMemo(
    () => (note ? { left: null, parts: 1, tooLong: false } : textRoom(text, capabilities)),
    [note, text, capabilities],
  );
  const uploading = files.some((file) => file.view === null && file.error === "");
  const broken = files.some((file) => file.error !== "");
  const ready = !isEmpty(writing) && !shut && !uploading && !broken && !room.tooLong;

  const go = (resolve: boolean) => {
    if (!ready) return;
    send(writing, resolve);
    draft.sent(draftOf(NOTHING));
    clear(row.id);
    look(row.id, false);
    field.current?.focus();
  };
  /** A recording goes by itself; the words begun stay in the field. */
  const sendRecording = (file: ComposerFile) => {
    send({ ...NOTHING, note, replyTo: note ? null : writing.replyTo, files: [file] }, false);
    change(row.id, { replyTo: null });
    setRecording(false);
  };
  const setNote = (next: boolean) => {
    change(row.id, { note: next });
    field.current?.focus();
  };
  const typed = (next: string) => {
    change(row.id, { text: next, ...(next.trim() === "" ? { assistantCall: null } : {}) });
    if (note || Date.now() - lastTyping.current < TYPING_EVERY) return;
    lastTyping.current = Date.now();
    look(row.id, next.trim() !== "");
    // Best effort: nobody needs to know that "is typing" could not be shown.
    client
      .POST("/conversations/{conversation_id}/typing", { params: { path: { conversation_id: row.id } } })
      .catch(() => undefined);
  };
  /** As if a slash were typed where the caret stands. */
  const beginSlash = () => {
    const its = field.current;
    if (its === null) return;
    const before = text.slice(0, its.selectionStart);
    const written = `${before}${/\S$/.test(before) ? " " : ""}/`;
    flushSync(() => change(row.id, { text: written + text.slice(its.selectionEnd) }));
    its.focus();
    its.setSelectionRange(written.length, written.length);
    saved.typed(its);
  };
  useShortcut("reply", () => setNote(false));
  useShortcut("note", () => setNote(true));

  const onPaste = (event: ClipboardEvent) => {
    const pasted = [...event.clipboardData.files];
    if (pasted.length === 0) return;
    event.preventDefault();
    add(pasted);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setDragging(false);
    if (!shut) add([...event.dataTransfer.files]);
  };
  const pickTemplate = capabilities.templates && detail.refused === "" ? () => setPicking(true) : null;
  const hint = note ? t("composer.notePlaceholder") : t("composer.replyPlaceholder");

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- dropping files is an extra way; the button is the first
    <div
      ref={root}
      className={classes.composer}
      data-note={note || undefined}
      onDragOver={(event) => {
        if (shut || !event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        setDragging(true);
      }}
      onDragLeave={() => setDragging(false)}
      onDrop={onDrop}
    >
      <ComposerTop detail={detail} writing={writing} setNote={setNote} shut={shut} />
      {shut && (
        <ComposerShut refused={detail.refused} neverWrote={detail.reply_until === null} pickTemplate={pickTemplate} />
      )}
      {!shut && recording && (
        <Suspense fallback={<div className={classes.recorderPlace} />}>
          <VoiceRecorder
            capabilities={note ? null : capabilities}
            send={sendRecording}
            close={() => setRecording(false)}
          />
        </Suspense>
      )}
      {!shut && !recording && (
        <>
          <Textarea
            ref={field}
            className={classes.field}
            classNames={{ input: classes.input ?? "" }}
            variant="unstyled"
            autosize
            minRows={2}
            maxRows={12}
            aria-label={note ? t("composer.noteField") : t("composer.replyField", { name: row.contact_name })}
            placeholder={hint}
            value={text}
            onChange={(event) => {
              typed(event.currentTarget.value);
              saved.typed(event.currentTarget);
            }}
            onSelect={(event) => saved.moved(event.currentTarget)}
            onBlur={saved.done}
            onPaste={onPaste}
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.nativeEvent.isComposing) {
                event.preventDefault();
                go(event.shiftKey);
              }
              if (event.key === "Escape") event.currentTarget.blur();
            }}
          />
          {saved.slash !== null && (
            <Suspense fallback={null}>
              <SavedList
                row={row}
                field={field}
                slash={saved.slash}
                close={saved.close}
                done={saved.done}
                look={setMacro}
              />
            </Suspense>
          )}
          <Refused lines={refused} dismiss={dismiss} />
          <FileChips files={files} remove={remove} />
          <div className={classes.bottom}>
            <input
              ref={picker}
              type="file"
              multiple
              hidden
              tabIndex={-1}
              accept={note ? undefined : capabilities.media?.types.join(",")}
              onChange={(event) => {
                add([...(event.currentTarget.files ?? [])]);
                event.currentTarget.value = "";
              }}
            />
            {(note || capabilities.media !== null) && (
              <IconButton label={t("composer.attach")} onClick={() => picker.current?.click()}>
                <IconPaperclip size={18} stroke={1.6} />
              </IconButton>
            )}
            <IconButton
              label={t("composer.saved")}
              shortcut="/"
              onMouseDown={(event) => event.preventDefault()}
              onClick={beginSlash}
            >
              <IconMessage2Bolt size={18} stroke={1.6} />
            </IconButton>
            <IconButton label={t("composer.macros")} shortcut="M" onClick={() => setMacro("")}>
              <IconBolt size={18} stroke={1.6} />
            </IconButton>
            {(note || recordedAs(capabilities) !== null) && (
              <IconButton label={t("voice.record")} onClick={() => setRecording(true)}>
                <IconMicrophone size={18} stroke={1.6} />
              </IconButton>
            )}
            {!note && pickTemplate !== null && (
              <IconButton label={t("template.choose")} data-template onClick={pickTemplate}>
                <IconTemplate size={18} stroke={1.6} />
              </IconButton>
            )}
            {(mayAsk || writing.assistantCall !== null) && (
              <Suspense fallback={null}>
                <Copilot key={row.id} row={row} mayAsk={mayAsk} />
              </Suspense>
            )}
            {!note && <ReplyWindow until={detail.reply_until} capabilities={capabilities} />}
            {!note && <LengthMeter text={text} room={room} capabilities={capabilities} />}
            <ComposerSend note={note} ready={ready} go={go} />
          </div>
        </>
      )}
      {dragging && <div className={classes.drop}>{t("composer.drop")}</div>}
      {macro !== null && (
        // Until it is there: letters typed by then are no shortcuts.
        <Suspense fallback={<div role="dialog" aria-busy="true" aria-label={t("composer.macros")} />}>
          <MacroPicker conversationId={row.id} first={macro} close={() => setMacro(null)} />
        </Suspense>
      )}
      {picking && (
        <Suspense fallback={null}>
          <TemplateReply detail={detail} close={() => setPicking(false)} />
        </Suspense>
      )}
    </div>
  );
}

/** Files that cannot go, each with its reason. */
function Refused({ lines, dismiss }: { lines: readonly string[]; dismiss: () => void }) {
  const { t } = useTranslation();
  if (lines.length === 0) return null;
  return (
    <div className={classes.refused} role="alert">
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <IconButton size={24} label={t("common.close")} onClick={dismiss}>
        <IconX size={14} />
      </IconButton>
    </div>
  );
}
