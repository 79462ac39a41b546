/** A mail as a flat sheet: a header line, the words, what it quotes folded away, its files. */
import { UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconPaperclip } from "@tabler/icons-react";
import { useState } from "react";
import type { ConversationDetail, Interaction } from "../../api/types";
import { useTranslation } from "../../i18n";
import { Face } from "../../ui/Face";
import { full } from "../../ui/time";
import { When } from "../../ui/When";
import classes from "./mail.module.css";
import { doerOf } from "../EventLine";
import { Attachments } from "./Attachments";
import { Invite } from "./cards";
import { mailboxes, number, record, text } from "./data";
import { MailFrame } from "./MailFrame";
import { Words } from "./Words";

/** Splits a mail's text into what is new and what it quotes. */
export function foldQuote(body: string, quoteAt: number | null): { fresh: string; quoted: string } {
  if (quoteAt === null || quoteAt <= 0 || quoteAt >= body.length) return { fresh: body, quoted: "" };
  return { fresh: body.slice(0, quoteAt).trimEnd(), quoted: body.slice(quoteAt) };
}

export function MailSheet({ entry, detail }: { entry: Interaction; detail: ConversationDetail }) {
  const { t } = useTranslation();
  const { fresh, quoted } = foldQuote(entry.text, number(entry.data, "quote_at"));
  const invite = record(entry.data.invite);
  const files = entry.attachments.filter((file) => !file.inline);
  return (
    <div className={classes.sheet}>
      <Head entry={entry} detail={detail} files={files.length} />
      <div className={classes.body}>
        {"summary" in invite && <Invite data={invite} />}
        {entry.has_html ? <MailFrame entry={entry} /> : <Words text={fresh} />}
        {!entry.has_html && quoted !== "" && <Quoted text={quoted} />}
        {!entry.has_html && fresh === "" && quoted === "" && <p className={classes.none}>{t("mail.noText")}</p>}
        <Attachments files={files} />
      </div>
    </div>
  );
}

function Head({ entry, detail, files }: { entry: Interaction; detail: ConversationDetail; files: number }) {
  const { t, i18n } = useTranslation();
  const [open, setOpen] = useState(false);
  const ours = entry.direction === "outbound";
  const name = entry.author_name || (ours ? doerOf(entry, t) : detail.row.contact_name);
  const from = text(entry.data, "from") || (ours ? name : `${name} <${detail.row.address}>`);
  const to = mailboxes(entry.data, "to");
  const lines: [string, string[]][] = [
    [t("mail.from"), [from]],
    [t("mail.to"), to],
    [t("mail.cc"), mailboxes(entry.data, "cc")],
    [t("mail.replyTo"), mailboxes(entry.data, "reply_to")],
  ];
  return (
    <header className={classes.head}>
      <UnstyledButton className={classes.headLine} aria-expanded={open} onClick={() => setOpen(!open)}>
        <Face name={name} seed={ours ? (entry.author_id ?? name) : detail.row.contact_id} size={28} />
        <span className={classes.who}>
          <strong>{name}</strong>
          <span className={classes.to}>{to.length > 0 ? t("mail.toShort", { to: to.join(", ") }) : entry.subject}</span>
        </span>
        {entry.author_kind === "auto" && <span className={classes.auto}>{t("message.machine.auto")}</span>}
        {files > 0 && <IconPaperclip size={15} aria-label={t("mail.files", { count: files })} />}
        <When at={entry.occurred_at} />
        <IconChevronDown size={15} aria-hidden className={classes.chevron} data-open={open || undefined} />
      </UnstyledButton>
      {entry.subject !== "" && entry.subject !== detail.row.subject && (
        <p className={classes.subject}>{entry.subject}</p>
      )}
      {open && (
        <dl className={classes.headers}>
          {lines.map(
            ([label, values]) =>
              values.length > 0 && <HeaderLine key={label} label={label} value={values.join(", ")} />,
          )}
          <HeaderLine label={t("mail.date")} value={full(new Date(entry.occurred_at), i18n.language)} />
          <HeaderLine label={t("mail.subject")} value={entry.subject} />
        </dl>
      )}
    </header>
  );
}

function HeaderLine({ label, value }: { label: string; value: string }) {
  return (
    <>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </>
  );
}

function Quoted({ text: quoted }: { text: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <div className={classes.quoted}>
      <button type="button" className={classes.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? t("mail.hideQuote") : t("mail.showQuote")}
      </button>
      {open && (
        <blockquote>
          <Words text={quoted} />
        </blockquote>
      )}
    </div>
  );
}
