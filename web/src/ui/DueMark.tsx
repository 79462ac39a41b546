/** A target's time: quiet until it is nearly up, then a ring that runs out, then a filled mark. Shapes differ, too. */
import type { ConversationRow } from "../api/types";
import { useTranslation } from "../i18n";
import { useLive } from "./clock";
import { span } from "./time";
import classes from "./ui.module.css";

const ROUND = 2 * Math.PI * 6;
const STEPS = 24;

export function DueMark({ row, words = false }: { row: ConversationRow; words?: boolean }) {
  const { t, i18n } = useTranslation();
  const due = row.due_at === null || row.due_at === undefined ? Number.NaN : Date.parse(row.due_at);
  const warn = row.due_warn_at ? Date.parse(row.due_warn_at) : due;
  const late = useLive((now) => now >= due);
  const risk = useLive((now) => now >= warn);
  const rest = useLive((now) => Math.ceil(Math.min(1, Math.max(0, (due - now) / Math.max(1, due - warn))) * STEPS));
  const time = useLive((now) => (Number.isNaN(due) ? "" : span(Math.abs(due - now), i18n.language)));
  if (Number.isNaN(due) || !row.due_metric || (!risk && !late && !words)) return null;
  const said = t(late ? "due.late" : "due.risk", { what: t(`due.what.${row.due_metric}`), span: time });
  return (
    <span className={classes.due} data-level={late ? "late" : risk ? "risk" : "calm"} title={said}>
      <svg width={16} height={16} viewBox="0 0 16 16" role="img" aria-label={said}>
        {late ? (
          <>
            <circle cx={8} cy={8} r={7} fill="currentColor" />
            <path d="M8 4.2v4.6M8 11.2v.6" className={classes.dueSign} />
          </>
        ) : (
          <>
            <circle cx={8} cy={8} r={6} className={classes.dueTrack} />
            <circle
              cx={8}
              cy={8}
              r={6}
              className={classes.dueRest}
              strokeDasharray={`${(ROUND * rest) / STEPS} ${ROUND}`}
              transform="rotate(-90 8 8)"
            />
          </>
        )}
      </svg>
      {words && <span aria-hidden>{time}</span>}
    </span>
  );
}
