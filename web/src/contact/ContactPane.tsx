/** The right side of the inbox: the contact of the open conversation. */
import { IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useMay } from "../api/hooks";
import { conversationQuery } from "../api/queries";
import { useTranslation } from "../i18n";
import { IconButton } from "../ui/IconButton";
import { NotAllowed } from "../ui/States";
import { ContactPanel } from "./ContactPanel";
import classes from "./contact.module.css";

export default function ContactPane({ conversationId, close }: { conversationId: string; close: () => void }) {
  const { t } = useTranslation();
  const mayRead = useMay("contacts_read");
  const contactId = useQuery(conversationQuery(conversationId)).data?.row.contact_id;
  return (
    <div className={classes.pane}>
      <div className={classes.paneHead}>
        <h2>{t("contact.title")}</h2>
        <IconButton label={t("thread.hidePanel")} onClick={close}>
          <IconX size={18} stroke={1.6} />
        </IconButton>
      </div>
      {!mayRead && <NotAllowed />}
      {mayRead && contactId !== undefined && (
        <ContactPanel key={contactId} id={contactId} conversationId={conversationId} />
      )}
    </div>
  );
}
