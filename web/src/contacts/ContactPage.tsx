/** One contact in full: the timeline in the middle, what is known of them beside it. */
import { Button } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { body, client } from "../api/client";
import { useMay } from "../api/hooks";
import { ApiError, inWords } from "../api/problem";
import { contactQuery, keys } from "../api/queries";
import { ContactDetails, ContactHead, ContactPanel } from "../contact/ContactPanel";
import { Duplicates } from "../contact/Duplicates";
import { IdentityHistory } from "../contact/IdentityHistory";
import { Timeline } from "../contact/Timeline";
import { useTranslation } from "../i18n";
import { Confirm } from "../ui/Confirm";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import { toast } from "../ui/toast";
import classes from "./contacts.module.css";

export function ContactPage({ id }: { id: string }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const contact = useQuery(contactQuery(id));
  const narrow = useMediaQuery("(max-width: 1100px)", false, { getInitialValueInEffect: false });
  const mayDelete = useMay("contacts_delete");
  const [removing, setRemoving] = useState(false);
  const remove = useMutation({
    mutationFn: () => body(client.DELETE("/contacts/{contact_id}", { params: { path: { contact_id: id } } })),
    onSuccess: async () => {
      await navigate({ to: "/contacts" });
      await queries.invalidateQueries({ queryKey: keys.contacts });
    },
    onError: (error) => toast.failure(t("contacts.notRemoved"), inWords(error)),
  });
  if (contact.isError && contact.data === undefined) {
    const gone = contact.error instanceof ApiError && contact.error.status === 404;
    return gone ? (
      <Empty title={t("contacts.gone")} text={t("contacts.goneText")} />
    ) : (
      <Broken error={contact.error} retry={() => void contact.refetch()} />
    );
  }
  if (contact.data === undefined) return <RowSkeletons rows={6} />;
  const removal = mayDelete && (
    <div className={classes.remove}>
      <Button variant="light" color="red" onClick={() => setRemoving(true)}>
        {t("contacts.remove")}
      </Button>
    </div>
  );
  const asking = removing && (
    <Confirm
      title={t("contacts.removeAsk", { name: contact.data.name })}
      text={t("contacts.removeText")}
      action={t("contacts.remove")}
      busy={remove.isPending}
      confirm={() => remove.mutate()}
      close={() => setRemoving(false)}
    />
  );
  if (narrow)
    return (
      <>
        <ContactPanel id={id} />
        {removal}
        {asking}
      </>
    );
  return (
    <div className={classes.full}>
      <div className={classes.life}>
        <Timeline contact={contact.data} />
      </div>
      <aside className={classes.side}>
        <ContactHead contact={contact.data} linked={false} />
        <Duplicates contact={contact.data} />
        <ContactDetails contact={contact.data} />
        <h3 className={classes.sideTitle}>{t("contact.identity")}</h3>
        <IdentityHistory contact={contact.data} />
        {removal}
      </aside>
      {asking}
    </div>
  );
}
