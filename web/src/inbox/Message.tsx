/** A message, note or mail in the thread: who says it, what it says, what became of it. */
import { Menu } from "@mantine/core";
import {
  IconArrowBackUp,
  IconCode,
  IconCopy,
  IconDots,
  IconNote,
  IconRobot,
  IconSparkles,
  IconTemplate,
  IconZoomCheck,
} from "@tabler/icons-react";
import { useState } from "react";
import { useMay } from "../api/hooks";
import type { ConversationDetail, Interaction } from "../api/types";
import { useTranslation } from "../i18n";
import { Face } from "../ui/Face";
import { IconButton } from "../ui/IconButton";
import { toast } from "../ui/toast";
import { When } from "../ui/When";
import type { Block } from "./blocks";
import { useComposer } from "./composerStore";
import { Content } from "./content/Content";
import { record, text } from "./content/data";
import { DeliveryMark, DeliveryTrouble } from "./DeliveryMark";
import { doerOf } from "./EventLine";
import { History } from "./History";
import classes from "./message.module.css";
import { Reactions } from "./Reactions";
import { RawEventModal } from "./RawEventModal";

/** Which of the four voices speaks: it decides side and colour. */
export function voiceOf(entry: Interaction): "customer" | "ours" | "bot" | "note" {
  if (entry.kind === "note") return "note";
  if (entry.direction === "inbound") return "customer";
  return entry.author_kind === "bot" || entry.author_kind === "auto" || entry.author_kind === "campaign"
    ? "bot"
    : "ours";
}

export function Message({ block, detail }: { block: Extract<Block, { kind: "message" }>; detail: ConversationDetail }) {
  const { t } = useTranslation();
  const { entry, album, lead, tail } = block;
  const voice = voiceOf(entry);
  const mail = entry.content === "mail";
  const newest = album.at(-1) ?? entry;
  const name = entry.author_name || (voice === "customer" ? detail.row.contact_name : doerOf(entry, t));
  return (
    <article
      className={classes.message}
      data-voice={voice}
      data-mail={mail || undefined}
      data-lead={lead || undefined}
      aria-label={t(`message.by.${voice}`, { name })}
      id={`entry-${entry.id}`}
      data-entries={[entry, ...album].map((one) => one.id).join(" ")}
    >
      {voice === "customer" && !mail && (
        <span className={classes.faceSlot}>
          {lead && (
            <Face
              name={name}
              seed={detail.row.group ? name : detail.row.contact_id}
              portrait={detail.row.group ? null : detail.row.portrait_id}
              size={28}
            />
          )}
        </span>
      )}
      <div className={classes.stack}>
        {lead && !mail && (voice !== "customer" || detail.row.group) && (
          <p className={classes.author}>
            {voice === "bot" && <IconRobot size={14} aria-hidden />}
            {voice === "note" && <IconNote size={14} aria-hidden />}
            {name}
            {voice === "note" && <span className={classes.noteWord}>{t("message.noteWord")}</span>}
            {voice === "bot" && (
              <span className={classes.noteWord}>
                {t(
                  `message.machine.${entry.author_kind === "auto" || entry.author_kind === "campaign" ? entry.author_kind : "bot"}`,
                )}
              </span>
            )}
          </p>
        )}
        <div className={classes.line}>
          <div className={classes.bubble} data-bare={isBare(entry, album) || undefined}>
            <Content entry={entry} album={album} detail={detail} />
          </div>
          <MessageMenu entry={entry} detail={detail} />
        </div>
        <Reactions reactions={entry.reactions} />
        <Marks entry={entry} />
        {(tail || entry.edited_at !== null) && (
          <p className={classes.foot}>
            <When at={newest.occurred_at} as="clock" />
            {entry.edited_at !== null && entry.deleted_at === null && <History entry={entry} />}
            {newest.delivery !== null && (
              <DeliveryMark delivery={newest.delivery} receipts={detail.capabilities.receipts} />
            )}
          </p>
        )}
        {album.map(
          (item) => item.delivery !== null && <DeliveryTrouble key={item.id} entry={item} delivery={item.delivery} />,
        )}
      </div>
    </article>
  );
}

/** How it came to be here, where that is not by itself: a template, or found by checking. */
function Marks({ entry }: { entry: Interaction }) {
  const { t } = useTranslation();
  const template = text(record(entry.data.template), "name");
  const ai = entry.data.ai !== undefined;
  if (template === "" && !entry.recovered && !ai) return null;
  return (
    <p className={classes.marks}>
      {template !== "" && (
        <span>
          <IconTemplate size={14} stroke={1.7} aria-hidden />{" "}
          {t("message.template", { name: template.replaceAll("_", " ") })}
        </span>
      )}
      {ai && (
        <span>
          <IconSparkles size={14} stroke={1.7} aria-hidden /> {t("message.ai")}
        </span>
      )}
      {entry.recovered && (
        <span data-late title={t("message.recoveredText")}>
          <IconZoomCheck size={14} stroke={1.7} aria-hidden /> {t("message.recovered")}
        </span>
      )}
    </p>
  );
}

/** Pictures and stickers need no bubble around them. */
function isBare(entry: Interaction, album: readonly Interaction[]): boolean {
  if (entry.deleted_at !== null) return false;
  if (entry.kind === "call") return true;
  if (entry.content === "sticker") return true;
  const pictures = album.every(
    (item) =>
      item.text === "" &&
      item.attachments.length > 0 &&
      item.attachments.every((file) => file.media_type.startsWith("image/") && file.state === "ready"),
  );
  return entry.content === "text" && entry.reply_to === null && pictures;
}

function MessageMenu({ entry, detail }: { entry: Interaction; detail: ConversationDetail }) {
  const { t } = useTranslation();
  const mayRaw = useMay("raw_read");
  const mayWrite = useMay("conversations_write");
  const replyTo = useComposer((state) => state.setReplyTo);
  const [raw, setRaw] = useState(false);
  const canQuote = mayWrite && detail.capabilities.replies_to && entry.kind === "message" && entry.deleted_at === null;
  const copy = () =>
    navigator.clipboard.writeText(entry.text).then(
      () => toast.done(t("message.copied")),
      () => toast.failure(t("message.notCopied"), t("message.notCopiedText")),
    );
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <IconButton label={t("message.more")} size={26} className={classes.menu ?? ""}>
            <IconDots size={16} />
          </IconButton>
        </Menu.Target>
        <Menu.Dropdown>
          {canQuote && (
            <Menu.Item
              leftSection={<IconArrowBackUp size={15} />}
              onClick={() =>
                replyTo(detail.row.id, {
                  id: entry.id,
                  author_name: entry.author_name,
                  preview: entry.text.slice(0, 140),
                })
              }
            >
              {t("message.replyTo")}
            </Menu.Item>
          )}
          {entry.text !== "" && (
            <Menu.Item leftSection={<IconCopy size={15} />} onClick={() => void copy()}>
              {t("message.copy")}
            </Menu.Item>
          )}
          {mayRaw && entry.journal_seq !== null && (
            <Menu.Item leftSection={<IconCode size={15} />} onClick={() => setRaw(true)}>
              {t("message.raw")}
            </Menu.Item>
          )}
          {!canQuote && entry.text === "" && !(mayRaw && entry.journal_seq !== null) && (
            <Menu.Label>{t("message.nothing")}</Menu.Label>
          )}
        </Menu.Dropdown>
      </Menu>
      {raw && <RawEventModal interactionId={entry.id} close={() => setRaw(false)} />}
    </>
  );
}
