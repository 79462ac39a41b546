/** What a message costs and how long it may still be sent: shown while one writes. */
import { useLive } from "../ui/clock";
import { clock, span } from "../ui/time";
import type { Capabilities } from "../api/types";
import { useTranslation } from "../i18n";
import classes from "./composer.module.css";
import { type TextRoom, windowOver } from "./limits";
import { smsCost, strangers } from "./sms";

const HOUR = 3_600_000;
const WINDOW_SHOWN = 24 * HOUR;
const NAMED = 3;

/** How long one may still answer freely: quiet at first, urgent in the last hour. */
export function ReplyWindow({ until, capabilities }: { until: string | null; capabilities: Capabilities }) {
  const { t, i18n } = useTranslation();
  const end = until === null ? Number.NaN : Date.parse(until);
  const words = useLive((now) =>
    until === null || end - now > WINDOW_SHOWN || windowOver(until, capabilities, now)
      ? ""
      : span(end - now, i18n.language),
  );
  const urgent = useLive((now) => end - now < HOUR);
  if (words === "") return null;
  return (
    <span
      className={classes.window}
      data-urgent={urgent || undefined}
      title={t("composer.windowUntil", { time: clock(new Date(end), i18n.language) })}
    >
      {t("composer.windowLeft", { left: words })}
    </span>
  );
}

/** What is left of the text, into how many messages it goes, and what it costs as SMS. */
export function LengthMeter({
  text,
  room,
  capabilities,
}: {
  text: string;
  room: TextRoom;
  capabilities: Capabilities;
}) {
  const { t } = useTranslation();
  const { left, parts, tooLong } = room;
  const limit = capabilities.text_limit ?? 0;
  return (
    <span className={classes.meter} role="status">
      {capabilities.segments && text !== "" && <SmsMeter text={text} />}
      {left !== null && (
        <span className={classes.counter} data-over={tooLong || undefined}>
          {left < 0 ? t("composer.tooLong", { count: -left }) : t("composer.left", { count: left })}
        </span>
      )}
      {parts > 1 && (
        <span className={classes.counter} data-over={tooLong || undefined}>
          {tooLong
            ? t("composer.tooManyParts", { count: capabilities.max_parts, limit })
            : t("composer.parts", { count: parts })}
        </span>
      )}
    </span>
  );
}

function SmsMeter({ text }: { text: string }) {
  const { t } = useTranslation();
  const { alphabet, segments, left } = smsCost(text);
  const foreign = alphabet === "ucs2" ? strangers(text) : [];
  const shown = foreign.slice(0, NAMED).join(" ");
  return (
    <span
      className={classes.counter}
      title={alphabet === "ucs2" ? t("composer.ucs2", { letters: foreign.join(" ") }) : t("composer.gsm7")}
    >
      {t("composer.sms", { count: segments })} · {t("composer.smsLeft", { count: left })} ·{" "}
      {alphabet === "gsm7" ? "GSM-7" : `UCS-2 (${shown}${foreign.length > NAMED ? " …" : ""})`}
    </span>
  );
}
