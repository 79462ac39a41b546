/** A channel that is a page of the hub's own: as visitors see it, and the line that puts it on a website. */
import type { Channel } from "../api/types";
import { useTranslation } from "../i18n";
import { CopyLine } from "../ui/CopyLine";
import classes from "./settings.module.css";

/** Whether the channel's webhook address is a page for people. */
export const isPage = (channel: Channel): boolean => channel.abilities.includes("ShowsPage");

export function VisitorPage({ channel }: { channel: Channel }) {
  const { t } = useTranslation();
  if (channel.webhook_url === null || !isPage(channel)) return null;
  // Here it is reached as the screens are, whatever address the world knows.
  const path = new URL(channel.webhook_url).pathname;
  return (
    <section className={classes.visitors} aria-labelledby="visitors-title">
      <h3 className={classes.section} id="visitors-title">
        {t("settings.page.title")}
      </h3>
      {channel.enabled ? (
        <>
          {/* what was saved is drawn anew */}
          <iframe
            key={channel.revision}
            src={`${path}?embed`}
            title={t("settings.page.title")}
            sandbox="allow-forms allow-same-origin"
          />
          <a href={path} target="_blank" rel="noopener">
            {t("settings.page.open")}
          </a>
        </>
      ) : (
        <p className={classes.quiet}>{t("settings.page.off")}</p>
      )}
      {channel.embed !== null && (
        <>
          <h3 className={classes.section}>{t("settings.page.line")}</h3>
          <CopyLine text={channel.embed} label={t("settings.page.line")} />
          <p className={classes.quiet}>{t("settings.page.lineText")}</p>
        </>
      )}
    </section>
  );
}
