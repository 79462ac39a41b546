/** Where an answer or a note is written: within what the channel can carry, and it says what that is. */
import { Button, Menu, SegmentedControl, Textarea, TextInput } from "@mantine/core";
import { IconChevronDown, IconMessageForward, IconPaperclip, IconSend2, IconX } from "@tabler/icons-react";
import { type ClipboardEvent, type DragEvent, type RefObject, useEffect, useRef, useState } from "react";
import { client } from "../api/client";
import { useChannel } from "../api/hooks";
import type { ConversationDetail } from "../api/types";
import { useTranslation } from "../i18n";
import { look } from "../shell/live";
import { useShortcut } from "../shell/shortcuts";
import { ChannelIcon } from "../ui/ChannelIcon";
import { useLive } from "../ui/clock";
import { IconButton } from "../ui/IconButton";
import { clock, span } from "../ui/time";
import classes from "./composer.module.css";
import { isEmpty, NOTHING, useComposer } from "./composerStore";
import { draftOf, useDraft } from "./drafts";
import { charactersLeft } from "./limits";
import { useSend } from "./outgoing";
import { FileChips } from "./FileChips";
import { useUploads } from "./useUploads";

const TYPING_EVERY = 4000;
const WINDOW_SHOWN = 24 * 3_600_000;

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
  const [ready, setReady] = useState(false);
  useEffect(() => {
    begin(detail);
    setReady(true);
    // Only when the conversation is opened: later drafts come from this very field.
    // oxlint-disable-next-line react/exhaustive-deps -- see above
  }, [row.id]);
  const change = useComposer((state) => state.change);
  const clear = useComposer((state) => state.clear);
  const writing = useComposer((state) => state.writing[row.id]) ?? NOTHING;
  const draft = useDraft(row.id, ready ? writing : NOTHING);
  const send = useSend(row);
  const { add, remove, refused, dismiss } = useUploads(row.id, capabilities);
  const picker = useRef<HTMLInputElement>(null);
  const [dragging, setDragging] = useState(false);
  const [withCc, setWithCc] = useState(false);
  const lastTyping = useRef(0);

  const closed = useLive((now) => detail.reply_until !== null && Date.parse(detail.reply_until) <= now);
  const locked = closed && !writing.note;
  const left = writing.note ? null : charactersLeft(writing.text, capabilities);
  const uploading = writing.files.some((file) => file.view === null && file.error === "");
  const broken = writing.files.some((file) => file.error !== "");
  const ready2 = !isEmpty(writing) && !locked && !uploading && !broken && (left === null || left >= 0);

  const go = (resolve: boolean) => {
    if (!ready2) return;
    send(writing, resolve);
    draft.sent(draftOf(NOTHING));
    clear(row.id);
    look(row.id, false);
    field.current?.focus();
  };
  const setNote = (note: boolean) => {
    change(row.id, { note });
    field.current?.focus();
  };
  const typed = (text: string) => {
    change(row.id, { text });
    if (writing.note || Date.now() - lastTyping.current < TYPING_EVERY) return;
    lastTyping.current = Date.now();
    look(row.id, text.trim() !== "");
    // Best effort: nobody needs to know that "is typing" could not be shown.
    client
      .POST("/conversations/{conversation_id}/typing", { params: { path: { conversation_id: row.id } } })
      .catch(() => undefined);
  };
  useShortcut("reply", () => setNote(false));
  useShortcut("note", () => setNote(true));

  const onPaste = (event: ClipboardEvent) => {
    const files = [...event.clipboardData.files];
    if (files.length === 0) return;
    event.preventDefault();
    add(files);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setDragging(false);
    add([...event.dataTransfer.files]);
  };

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- dropping files is an extra way; the button is the first
    <div
      className={classes.composer}
      data-note={writing.note || undefined}
      data-dragging={dragging || undefined}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        setDragging(true);
      }}
      onDragLeave={() => setDragging(false)}
      onDrop={onDrop}
    >
      <div className={classes.top}>
        <SegmentedControl
          size="xs"
          aria-label={t("composer.kind")}
          value={writing.note ? "note" : "reply"}
          onChange={(value) => setNote(value === "note")}
          data={[
            { value: "reply", label: t("composer.reply") },
            { value: "note", label: t("composer.note") },
          ]}
        />
        <Route detail={detail} note={writing.note} />
        {capabilities.subject && !writing.note && !withCc && writing.cc === "" && (
          <Button size="compact-sm" variant="subtle" color="gray" onClick={() => setWithCc(true)}>
            {t("composer.cc")}
          </Button>
        )}
      </div>
      {writing.replyTo !== null && !writing.note && (
        <div className={classes.replyTo}>
          <IconMessageForward size={15} aria-hidden />
          <span>
            <strong>{writing.replyTo.author_name}</strong> {writing.replyTo.preview}
          </span>
          <IconButton size={24} label={t("composer.noQuote")} onClick={() => change(row.id, { replyTo: null })}>
            <IconX size={14} />
          </IconButton>
        </div>
      )}
      {(withCc || writing.cc !== "") && !writing.note && (
        <TextInput
          className={classes.cc}
          aria-label={t("composer.ccField")}
          placeholder={t("composer.ccField")}
          value={writing.cc}
          onChange={(event) => change(row.id, { cc: event.currentTarget.value })}
        />
      )}
      <Textarea
        ref={field}
        className={classes.field}
        classNames={{ input: classes.input ?? "" }}
        variant="unstyled"
        autosize
        minRows={2}
        maxRows={12}
        aria-label={writing.note ? t("composer.noteField") : t("composer.replyField", { name: row.contact_name })}
        placeholder={
          locked
            ? t("composer.windowClosed")
            : writing.note
              ? t("composer.notePlaceholder")
              : t("composer.replyPlaceholder")
        }
        disabled={locked}
        value={writing.text}
        onChange={(event) => typed(event.currentTarget.value)}
        onPaste={onPaste}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.nativeEvent.isComposing) {
            event.preventDefault();
            go(event.shiftKey);
          }
          if (event.key === "Escape") event.currentTarget.blur();
        }}
      />
      {refused.length > 0 && (
        <div className={classes.refused} role="alert">
          <ul>
            {refused.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <IconButton size={24} label={t("common.close")} onClick={dismiss}>
            <IconX size={14} />
          </IconButton>
        </div>
      )}
      <FileChips files={writing.files} remove={remove} />
      <div className={classes.bottom}>
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          tabIndex={-1}
          accept={capabilities.media?.types.join(",")}
          onChange={(event) => {
            add([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = "";
          }}
        />
        {(writing.note || capabilities.media !== null) && (
          <IconButton label={t("composer.attach")} onClick={() => picker.current?.click()} disabled={locked}>
            <IconPaperclip size={18} stroke={1.6} />
          </IconButton>
        )}
        <ReplyWindow until={writing.note ? null : detail.reply_until} />
        {left !== null && (
          <span className={classes.counter} data-over={left < 0 || undefined} role="status">
            {left < 0 ? t("composer.tooLong", { count: -left }) : t("composer.left", { count: left })}
          </span>
        )}
        <span className={classes.gap} />
        <Button.Group>
          <Button
            disabled={!ready2}
            className={writing.note ? (classes.noteButton ?? "") : ""}
            leftSection={<IconSend2 size={16} />}
            title="Ctrl Enter"
            onClick={() => go(false)}
          >
            {writing.note ? t("composer.saveNote") : t("composer.send")}
          </Button>
          {!writing.note && (
            <Menu position="top-end">
              <Menu.Target>
                <Button disabled={!ready2} px={8} aria-label={t("composer.moreSend")} className={classes.split ?? ""}>
                  <IconChevronDown size={16} />
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => go(true)} rightSection={<kbd className={classes.kbd}>Ctrl ⇧ Enter</kbd>}>
                  {t("composer.sendResolve")}
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )}
        </Button.Group>
      </div>
      {dragging && <div className={classes.drop}>{t("composer.drop")}</div>}
    </div>
  );
}

/** Which channel and address the answer goes through, and to whom. */
function Route({ detail, note }: { detail: ConversationDetail; note: boolean }) {
  const { t } = useTranslation();
  const { channel } = useChannel(detail.row.channel_id);
  if (note) return <span className={classes.route}>{t("composer.onlyTeam")}</span>;
  const to = detail.row.address || detail.row.contact_name;
  return (
    <span className={classes.route} title={`${channel?.address ?? ""} → ${to}`}>
      <ChannelIcon channelId={detail.row.channel_id} size={14} />{" "}
      {t("composer.route", { channel: channel?.name ?? "", to })}
    </span>
  );
}

/** How long one may still answer freely. */
function ReplyWindow({ until }: { until: string | null }) {
  const { t, i18n } = useTranslation();
  const end = until === null ? Number.NaN : Date.parse(until);
  const left = useLive((now) =>
    until === null || end - now > WINDOW_SHOWN ? "" : end <= now ? "closed" : span(end - now, i18n.language),
  );
  if (left === "") return null;
  return (
    <span className={classes.window} data-closed={left === "closed" || undefined} role="status">
      {left === "closed"
        ? t("composer.windowClosed")
        : t("composer.windowLeft", { left, time: clock(new Date(end), i18n.language) })}
    </span>
  );
}
