/** The kinds of content that are data rather than words: a place, a card, a poll, an invitation, a pressed button. */
import { Button } from "@mantine/core";
import {
  IconAddressBook,
  IconCalendarEvent,
  IconChartBar,
  IconHandClick,
  IconMapPin,
  IconQuestionMark,
} from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { useMay } from "../../api/hooks";
import type { Interaction } from "../../api/types";
import { useTranslation } from "../../i18n";
import { full } from "../../ui/time";
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
        <p className={classes.cardTitle}>{title}</p>
        {children}
      </div>
    </div>
  );
}

const icon = { size: 20, stroke: 1.6 };

export function Location({ data, fallback }: { data: Data; fallback: string }) {
  const { t } = useTranslation();
  const latitude = number(data, "latitude");
  const longitude = number(data, "longitude");
  const address = text(data, "address");
  const point = latitude !== null && longitude !== null ? `${latitude.toFixed(5)}, ${longitude.toFixed(5)}` : "";
  return (
    <Card icon={<IconMapPin {...icon} />} title={text(data, "name") || t("card.location")}>
      <p>{address || point || fallback}</p>
      {latitude !== null && longitude !== null && (
        <a
          href={`https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=16/${latitude}/${longitude}`}
          target="_blank"
          rel="noopener noreferrer"
        >
          {t("card.openMap")}
        </a>
      )}
    </Card>
  );
}

export function ContactCard({ data }: { data: Data }) {
  const { t } = useTranslation();
  const phones = [text(data, "phone"), ...list(data, "phones").map(String)].filter(Boolean);
  const emails = [text(data, "email"), ...list(data, "emails").map(String)].filter(Boolean);
  return (
    <Card icon={<IconAddressBook {...icon} />} title={text(data, "name") || t("card.contact")}>
      {[...phones, ...emails].map((line) => (
        <p key={line}>{line}</p>
      ))}
    </Card>
  );
}

export function Poll({ data }: { data: Data }) {
  const { t } = useTranslation();
  const options = list(data, "options").map((option) =>
    typeof option === "string"
      ? { label: option, votes: null }
      : { label: text(record(option), "text"), votes: number(record(option), "votes") },
  );
  return (
    <Card icon={<IconChartBar {...icon} />} title={text(data, "question") || t("card.poll")}>
      <ul className={classes.poll}>
        {options.map((option) => (
          <li key={option.label}>
            {option.label}
            {option.votes !== null && <span>{option.votes}</span>}
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

export function Pressed({ label }: { label: string }) {
  const { t } = useTranslation();
  return (
    <p className={classes.pressed}>
      <IconHandClick size={15} aria-hidden /> {t("card.pressed")} <strong>{label}</strong>
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
