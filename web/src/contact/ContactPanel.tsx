/** A contact in a narrow column: who it is, how to reach them, who they may also be, what happened. */
import { Button, Tabs } from "@mantine/core";
import { IconHourglassHigh } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useMay } from "../api/hooks";
import { contactConversationsQuery, contactQuery } from "../api/queries";
import type { Contact } from "../api/types";
import { useTranslation, withTexts } from "../i18n";
import { ChannelIcon } from "../ui/ChannelIcon";
import { Face } from "../ui/Face";
import { Broken, RowSkeletons } from "../ui/States";
import { WaitClock } from "../ui/WaitClock";
import { When } from "../ui/When";
import classes from "./contact.module.css";
import { useChangeContact, useKeepContact } from "./changeContact";
import { EditableText } from "./EditableText";
import { Fields } from "./Fields";
import { Points } from "./Points";

// What few see: not part of the inbox's first load.
const Duplicates = lazy(() => import("./Duplicates").then((module) => ({ default: module.Duplicates })));
const Timeline = lazy(() => import("./Timeline").then((module) => ({ default: module.Timeline })));
const IdentityHistory = lazy(() => import("./IdentityHistory").then((module) => ({ default: module.IdentityHistory })));
const ContactRatings = lazy(withTexts(["survey"], () => import("../survey/ContactRatings")));
const ContactCard = lazy(withTexts(["reports"], () => import("../reports/ContactCard")));

export function ContactPanel({ id, conversationId }: { id: string; conversationId?: string }) {
  const { t } = useTranslation();
  const contact = useQuery(contactQuery(id));
  if (contact.isError && contact.data === undefined)
    return <Broken error={contact.error} retry={() => void contact.refetch()} />;
  if (contact.data === undefined) return <RowSkeletons rows={4} />;
  return (
    <div className={classes.panel}>
      <ContactHead contact={contact.data} linked={conversationId !== undefined} />
      <Suspense fallback={null}>
        <Duplicates contact={contact.data} />
      </Suspense>
      <Tabs defaultValue="details" keepMounted={false}>
        <Tabs.List grow>
          <Tabs.Tab value="details">{t("contact.details")}</Tabs.Tab>
          <Tabs.Tab value="timeline">{t("contact.timeline")}</Tabs.Tab>
          <Tabs.Tab value="identity">{t("contact.identity")}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="details">
          <ContactDetails contact={contact.data} conversationId={conversationId} />
        </Tabs.Panel>
        <Tabs.Panel value="timeline">
          <Suspense fallback={<RowSkeletons rows={4} />}>
            <Timeline contact={contact.data} compact />
          </Suspense>
        </Tabs.Panel>
        <Tabs.Panel value="identity">
          <Suspense fallback={<RowSkeletons rows={4} />}>
            <IdentityHistory contact={contact.data} />
          </Suspense>
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

export function ContactHead({ contact, linked }: { contact: Contact; linked: boolean }) {
  const { t } = useTranslation();
  const mayWrite = useMay("contacts_write");
  const change = useChangeContact(contact);
  const keep = useKeepContact(contact.id);
  return (
    <>
      <div className={classes.who}>
        <Face name={contact.name} seed={contact.id} portrait={contact.portrait_id} size={44} />
        <div>
          <EditableText
            className={classes.name ?? ""}
            label={t("contact.name")}
            value={contact.name}
            required
            disabled={!mayWrite}
            save={(name) => change.mutateAsync({ name })}
          />
          <EditableText
            className={classes.company ?? ""}
            label={t("contact.company")}
            value={contact.company}
            empty={t("contact.addCompany")}
            disabled={!mayWrite}
            save={(company) => change.mutateAsync({ company })}
          />
        </div>
        {linked && (
          <Button
            component={Link}
            to="/contacts/$contactId"
            params={{ contactId: contact.id } as never}
            variant="default"
            size="compact-sm"
          >
            {t("contact.open")}
          </Button>
        )}
      </div>
      {contact.state === "provisional" && (
        <div className={classes.provisional}>
          <IconHourglassHigh size={16} aria-hidden />
          <span>
            {t("contact.provisional")} {contact.expires_at !== null && <When at={contact.expires_at} as="ago" />}
          </span>
          {mayWrite && (
            <Button size="compact-sm" variant="default" loading={keep.isPending} onClick={() => keep.mutate()}>
              {t("contact.keep")}
            </Button>
          )}
        </div>
      )}
    </>
  );
}

export function ContactDetails({ contact, conversationId }: { contact: Contact; conversationId?: string | undefined }) {
  const { t } = useTranslation();
  const mayWrite = useMay("contacts_write");
  const change = useChangeContact(contact);
  return (
    <>
      <section className={classes.section}>
        <h3>{t("contact.points")}</h3>
        <Points contact={contact} />
      </section>
      <section className={classes.section}>
        <Suspense fallback={null}>
          <ContactCard contactId={contact.id} />
          <ContactRatings contactId={contact.id} />
        </Suspense>
      </section>
      <section className={classes.section}>
        <h3>{t("contact.notes")}</h3>
        <EditableText
          label={t("contact.notes")}
          value={contact.notes}
          empty={t("contact.addNotes")}
          multiline
          disabled={!mayWrite}
          save={(notes) => change.mutateAsync({ notes })}
        />
      </section>
      <section className={classes.section}>
        <h3>{t("contact.fields")}</h3>
        <Fields contact={contact} disabled={!mayWrite} />
      </section>
      <section className={classes.section}>
        <h3>{t("contact.conversations")}</h3>
        <Conversations id={contact.id} current={conversationId} />
      </section>
      <section className={classes.section}>
        <dl className={classes.facts}>
          <dt>{t("contact.inbound")}</dt>
          <dd>{contact.inbound}</dd>
          <dt>{t("contact.outbound")}</dt>
          <dd>{contact.outbound}</dd>
          <dt>{t("contact.since")}</dt>
          <dd>
            <When at={contact.created_at} />
          </dd>
          {contact.source !== "" && (
            <>
              <dt>{t("contact.source")}</dt>
              <dd>{contact.source}</dd>
            </>
          )}
        </dl>
      </section>
    </>
  );
}

function Conversations({ id, current }: { id: string; current: string | undefined }) {
  const { t } = useTranslation();
  const list = useQuery(contactConversationsQuery(id));
  if (list.isError) return <p className={classes.quiet}>{t("error.title")}</p>;
  const rows = list.data?.items ?? [];
  if (list.isSuccess && rows.length === 0) return <p className={classes.quiet}>{t("contact.noConversations")}</p>;
  return (
    <ul className={classes.conversations}>
      {rows.map((row) => (
        <li key={row.id}>
          <Link
            to="/inbox/$conversationId"
            params={{ conversationId: row.id }}
            aria-current={row.id === current ? "true" : undefined}
          >
            <ChannelIcon channelId={row.channel_id} size={15} />
            <span>{row.subject || row.last_preview || t("list.noText")}</span>
            {row.waiting_since === null ? (
              <small>{t(`state.${row.state}`)}</small>
            ) : (
              <WaitClock since={row.waiting_since} />
            )}
          </Link>
        </li>
      ))}
    </ul>
  );
}
