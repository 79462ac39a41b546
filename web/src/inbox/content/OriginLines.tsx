/** Under a form's submission: the page, where the person came from, the campaign, and what they agreed to and when. */
import type { ReactNode } from "react";
import { useTranslation } from "../../i18n";
import { full } from "../../ui/time";
import classes from "../message.module.css";
import type { Origin } from "./origin";

export function OriginLines({ origin }: { origin: Origin }) {
  const { t, i18n } = useTranslation();
  const { page, referrer, campaign, consent } = origin;
  return (
    <dl className={classes.origin}>
      {page !== "" && (
        <Line title={t("origin.page")}>
          <Link to={page} />
        </Line>
      )}
      {referrer !== "" && (
        <Line title={t("origin.referrer")}>
          <Link to={referrer} />
        </Line>
      )}
      {campaign !== "" && <Line title={t("origin.campaign")}>{campaign}</Line>}
      {consent !== null && (
        <Line title={t("origin.consent")}>
          “{consent.text}” <time dateTime={consent.at.toISOString()}>({full(consent.at, i18n.language)})</time>
        </Line>
      )}
    </dl>
  );
}

function Line({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Link({ to }: { to: string }) {
  return (
    <a href={to} target="_blank" rel="noopener noreferrer nofollow">
      {to}
    </a>
  );
}
