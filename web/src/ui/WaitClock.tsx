/** How long a customer has waited, live; its colour says how much it matters. */
import { useTranslation } from "../i18n";
import { useLive } from "./clock";
import { span, urgency } from "./time";
import classes from "./ui.module.css";

export function WaitClock({ since }: { since: string }) {
  const { t, i18n } = useTranslation();
  const from = Date.parse(since);
  const words = useLive((now) => span(now - from, i18n.language));
  const level = useLive((now) => urgency(now - from));
  const spoken = useLive((now) => span(now - from - ((now - from) % 60_000), i18n.language, "long"));
  return (
    <time className={classes.wait} data-level={level} dateTime={since} title={t("list.waitingFor", { span: spoken })}>
      {words}
    </time>
  );
}
