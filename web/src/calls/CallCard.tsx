/** A call in a thread: direction, length, outcome, and what was recorded. */
import { IconPhoneIncoming, IconPhoneOutgoing } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { usePeople } from "../api/hooks";
import { useTranslation } from "../i18n";
import { span } from "../ui/time";
import { tone } from "./CallList";
import classes from "./calls.module.css";
import { callQuery } from "./queries";
import { Recordings } from "./Recordings";

export default function CallCard({ callId }: { callId: string }) {
  const { t, i18n } = useTranslation();
  const people = usePeople();
  const call = useQuery(callQuery(callId)).data;
  if (call === undefined) return <div className={classes.card} aria-busy="true" />;
  const Direction = call.direction === "inbound" ? IconPhoneIncoming : IconPhoneOutgoing;
  const who = call.agents.map((id) => people.get(id)?.name ?? "").filter((name) => name !== "");
  return (
    <div className={classes.card}>
      <div className={classes.cardHead}>
        <span className={classes.icon} data-tone={tone(call)}>
          <Direction size={20} stroke={1.6} aria-hidden />
        </span>
        <div>
          <strong className={classes.outcome} data-tone={tone(call)}>
            {call.outcome === null ? t(`calls.states.${call.state}`) : t(`calls.outcomes.${call.outcome}`)}
          </strong>
          <small>
            {[
              t(`calls.directions.${call.direction === "inbound" ? "inbound" : "outbound"}`),
              call.talked > 0 ? span(call.talked * 1000, i18n.language) : "",
              call.waited === null ? "" : t("calls.waitedFor", { span: span(call.waited * 1000, i18n.language) }),
              who.join(", "),
              call.result,
            ]
              .filter((part) => part !== "")
              .join(" · ")}
          </small>
        </div>
      </div>
      {call.recordings.length > 0 && <Recordings callId={call.id} />}
    </div>
  );
}
