/** A moment in short words, with the full date on hover. */
import { useTranslation } from "../i18n";
import { useLive } from "./clock";
import { ago, clock, full, when } from "./time";

export function When({
  at,
  as = "short",
  className,
}: {
  at: string;
  as?: "short" | "clock" | "ago";
  className?: string;
}) {
  const { i18n } = useTranslation();
  const date = new Date(at);
  const words = useLive((now) => {
    if (as === "clock") return clock(date, i18n.language);
    return as === "ago" ? ago(date, new Date(now), i18n.language) : when(date, new Date(now), i18n.language);
  });
  return (
    <time dateTime={at} title={full(date, i18n.language)} className={className}>
      {words}
    </time>
  );
}
