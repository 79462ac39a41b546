/** Where a channel's provider calls us, to be copied. */
import type { Channel } from "../api/types";
import { useTranslation } from "../i18n";
import { CopyLine } from "../ui/CopyLine";
import classes from "./settings.module.css";
import { isPage } from "./VisitorPage";

export function WebhookAddress({ channel }: { channel: Channel }) {
  const { t } = useTranslation();
  if (channel.webhook_url === null || !channel.abilities.includes("ReceivesWebhooks")) return null;
  return (
    <div className={classes.webhook}>
      <h4>{t("channel.webhook")}</h4>
      <CopyLine text={channel.webhook_url} label={t("channel.webhook")} />
      <p className={classes.quiet}>
        {t(isPage(channel) ? "channel.publicText" : "channel.webhookText")}{" "}
        {channel.abilities.includes("RegistersWebhook") && t("channel.webhookItself")}
      </p>
    </div>
  );
}
