/** How a contact and we write to each other: by channel, last contact, usual reply, when and where they are reached best. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useChannels } from "../api/hooks";
import { useTranslation } from "../i18n";
import { ChannelIcon } from "../ui/ChannelIcon";
import { span } from "../ui/time";
import { When } from "../ui/When";
import { NONE } from "./numbers";
import { cardQuery } from "./queries";
import classes from "./card.module.css";
import { weekdays } from "./weekdays";

export default function ContactCard({ contactId }: { contactId: string }) {
  const { t, i18n } = useTranslation();
  const channels = useChannels();
  const found = useQuery(cardQuery(contactId));
  if (found.isError) return <p className={classes.quiet}>{t("reports.card.failed")}</p>;
  if (!found.isSuccess) return <p className={classes.quiet} aria-busy="true" />;
  const card = found.data;
  if (card.channels.length === 0) return <p className={classes.quiet}>{t("reports.card.none")}</p>;
  const last = [card.last_received_at, card.last_sent_at]
    .filter((at) => at !== null)
    .toSorted()
    .at(-1);
  const best = channels.get(card.best_channel_id ?? "")?.name;
  const day = card.best_weekday === null ? undefined : weekdays(i18n.language)[card.best_weekday];
  return (
    <>
      <table className={classes.channels}>
        <thead>
          <tr>
            <th scope="col">{t("reports.one.channel")}</th>
            <th scope="col">{t("reports.card.in")}</th>
            <th scope="col">{t("reports.card.out")}</th>
          </tr>
        </thead>
        <tbody>
          {card.channels.map((use) => {
            const name = channels.get(use.channel_id)?.name ?? t("reports.gone");
            return (
              <tr key={use.channel_id}>
                <th scope="row">
                  <Link
                    to="/contacts/$contactId"
                    params={{ contactId }}
                    search={{ channel: use.channel_id }}
                    title={t("reports.card.show", { channel: name })}
                  >
                    <ChannelIcon channelId={use.channel_id} size={14} />
                    <span>{name}</span>
                  </Link>
                </th>
                <td>{use.received.toLocaleString(i18n.language)}</td>
                <td>{use.sent.toLocaleString(i18n.language)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      <dl className={classes.facts}>
        <dt>{t("reports.card.last")}</dt>
        <dd>{last === undefined ? NONE : <When at={last} />}</dd>
        <dt>{t("reports.card.reply")}</dt>
        <dd>
          {card.usual_reply === null ? (
            <span title={t("reports.card.replyFew")}>{NONE}</span>
          ) : (
            <>
              {span(card.usual_reply * 1000, i18n.language)} <small>n = {card.replies}</small>
            </>
          )}
        </dd>
        <dt>{t("reports.card.best")}</dt>
        <dd>
          {best === undefined
            ? NONE
            : day === undefined || card.best_hour === null
              ? best
              : t("reports.card.bestAt", {
                  channel: best,
                  day,
                  hour: `${String(card.best_hour).padStart(2, "0")}:00`,
                })}
        </dd>
      </dl>
    </>
  );
}
