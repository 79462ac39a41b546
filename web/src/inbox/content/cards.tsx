/** The kinds of content that are data rather than words: a place, a card, a poll, an invitation, a pressed button. */
import { Button } from "@mantine/core";
import {
  IconAddressBook,
  IconCalendarEvent,
  IconChartBar,
  IconHandClick,
  IconMapPinFilled,
  IconQuestionMark,
} from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useMay } from "../../api/hooks";
import type { Interaction } from "../../api/types";
import { useTranslation } from "../../i18n";
import { full, span } from "../../ui/time";
import classes from "../message.module.css";
import { RawEventModal } from "../RawEventModal";
import { type Data, list, number, record, text } from "./data";

function Card({ icon, title, children }: { icon: ReactNode; title: string; children?: ReactNode }) {
  return (
    <div className={classes.card}>
      <span className={classes.cardIcon} aria-hidden>
        {icon}
      </span>
      <div>
        {title !== "" && <p className={classes.cardTitle}>{title}</p>}
        {children}
      </div>
    </div>
  );
}

const icon = { size: 20, stroke: 1.6 };

/** A place: where it is in words, and a link to a map. No map is drawn: its tiles would tell others where customers are. */
export function Location({ data, fallback }: { data: Data; fallback: string }) {
  const { t, i18n } = useTranslation();
  const latitude = number(data, "latitude");
  const longitude = number(data, "longitude");
  const address = text(data, "address");
  const accuracy = number(data, "accuracy");
  const live = number(data, "live_seconds");
  const point = latitude !== null && longitude !== null ? `${latitude.toFixed(5)}, ${longitude.toFixed(5)}` : "";
  return (
    <>
      <span className={classes.place} aria-hidden>
        <IconMapPinFilled size={26} />
      </span>
      <p className={classes.cardTitle}>{text(data, "name") || t("card.location")}</p>
      <p className={classes.cardLine}>{address || point || fallback}</p>
      {accuracy !== null && <p className={classes.cardHint}>{t("card.accuracy", { metres: Math.round(accuracy) })}</p>}
      {live !== null && (
        <p className={classes.cardHint}>{t("card.live", { span: span(live * 1000, i18n.language) })}</p>
      )}
      {latitude !== null && longitude !== null && (
        <a
          className={classes.cardLink}
          href={`https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`}
          target="_blank"
          rel="noopener noreferrer"
        >
          {t("card.openMap")}
        </a>
      )}
    </>
  );
}

/** One person's card, or several in one message. */
export function ContactCard({ data }: { data: Data }) {
  const { t } = useTranslation();
  const several = list(data, "cards").map(record);
  const cards = several.length > 0 ? several : [data];
  return (
    <Card
      icon={<IconAddressBook {...icon} />}
      title={cards.length > 1 ? t("card.contacts", { count: cards.length }) : ""}
    >
      {cards.map((card, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- cards have no other name than their place
        <div key={index} className={classes.person}>
          <p className={classes.cardTitle}>{text(card, "name") || t("card.contact")}</p>
          {reachable(card).map(({ shown, href }) => (
            <p key={href}>
              <a href={href}>{shown}</a>
            </p>
          ))}
        </div>
      ))}
    </Card>
  );
}

function reachable(card: Data): { shown: string; href: string }[] {
  const phones = [text(card, "phone"), ...list(card, "phones").map(String)].filter(Boolean);
  const emails = [text(card, "email"), ...list(card, "emails").map(String)].filter(Boolean);
  return [
    ...[...new Set(phones)].map((phone) => ({ shown: phone, href: `tel:${phone.replaceAll(/[^+\d]/g, "")}` })),
    ...[...new Set(emails)].map((email) => ({ shown: email, href: `mailto:${encodeURIComponent(email)}` })),
  ];
}

export function Poll({ data }: { data: Data }) {
  const { t } = useTranslation();
  const options = list(data, "options").map((option) =>
    typeof option === "string"
      ? { label: option, votes: null }
      : { label: text(record(option), "text"), votes: number(record(option), "votes") },
  );
  const most = Math.max(1, ...options.map((option) => option.votes ?? 0));
  return (
    <Card icon={<IconChartBar {...icon} />} title={text(data, "question") || t("card.poll")}>
      <ul className={classes.poll}>
        {options.map((option, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- two choices may say the same
          <li key={index}>
            <span>
              {option.label}
              {option.votes !== null && <span className="tabular">{option.votes}</span>}
            </span>
            {option.votes !== null && (
              <span className={classes.pollBar} style={{ width: `${(option.votes / most) * 100}%` }} aria-hidden />
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function moment(value: string, locale: string): string {
  const at = new Date(value);
  if (Number.isNaN(at.getTime())) return value;
  const wholeDay = /^\d{4}-\d{2}-\d{2}$/.test(value);
  return wholeDay
    ? new Intl.DateTimeFormat(locale, { dateStyle: "full", timeZone: "UTC" }).format(at)
    : full(at, locale);
}

/** A calendar invitation as connectors/_lib/mail_invites.py reads it. */
export function Invite({ data }: { data: Data }) {
  const { t, i18n } = useTranslation();
  const starts = text(data, "starts");
  const ends = text(data, "ends");
  const place = text(data, "location");
  const organizer = text(data, "organizer");
  const cancelled = text(data, "method") === "CANCEL" || text(data, "status") === "CANCELLED";
  return (
    <Card icon={<IconCalendarEvent {...icon} />} title={text(data, "summary") || t("card.invite")}>
      {cancelled && <p className={classes.cancelled}>{t("card.cancelled")}</p>}
      {starts !== "" && <p>{t("card.from", { time: moment(starts, i18n.language) })}</p>}
      {ends !== "" && <p>{t("card.to", { time: moment(ends, i18n.language) })}</p>}
      {place !== "" && <p>{t("card.place", { place })}</p>}
      {organizer !== "" && <p>{t("card.organizer", { name: organizer })}</p>}
    </Card>
  );
}

export function Pressed({ label, more }: { label: string; more: string }) {
  const { t } = useTranslation();
  return (
    <p className={classes.pressed}>
      <IconHandClick size={15} aria-hidden /> {t("card.pressed")} <strong>{label}</strong>
      {more !== "" && <span className={classes.cardHint}> {more}</span>}
    </p>
  );
}

export function Unsupported({ entry }: { entry: Interaction }) {
  const { t } = useTranslation();
  const mayRaw = useMay("raw_read");
  const [open, setOpen] = useState(false);
  return (
    <Card
      icon={<IconQuestionMark {...icon} />}
      title={t("card.unsupported", { what: text(entry.data, "what") || t("card.unknownKind") })}
    >
      {entry.text !== "" && <p>{entry.text}</p>}
      <p className={classes.cardHint}>{t("card.unsupportedText")}</p>
      {mayRaw && entry.journal_seq !== null && (
        <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
          {t("message.raw")}
        </Button>
      )}
      {open && <RawEventModal interactionId={entry.id} close={() => setOpen(false)} />}
    </Card>
  );
}
