/** The waveform with the names of its lanes, and what the voices tell: shares, silence, interruptions, monologues. */
import { useTranslation } from "../i18n";
import { duration } from "../ui/time";
import type { Span } from "./moves";
import type { Waveform as Found } from "./queries";
import classes from "./reviews.module.css";
import { type Mark, Waveform } from "./Waveform";

interface Props {
  found: Found;
  time: number;
  zoom: number;
  marks: readonly Mark[];
  seek(second: number): void;
  choose(range: Span): void;
}

export function Drawn({ found, ...rest }: Props) {
  const { t } = useTranslation();
  const { talk } = found;
  const names = found.lanes.map(({ lane }) => ({ lane, name: t(`reviews.${lane}Lane`) }));
  const number = (value: unknown): number => (typeof value === "number" ? value : 0);
  const share = typeof talk.agent_share === "number" ? talk.agent_share : null;
  return (
    <>
      <div className={classes.lanes}>
        <div className={classes.laneNames}>
          {names.map(({ lane, name }) => (
            <span key={lane} data-lane={lane}>
              {name}
            </span>
          ))}
        </div>
        <Waveform found={found} label={names.map(({ name }) => name).join(", ")} {...rest} />
      </div>
      {share !== null && (
        <p className={classes.talk}>
          <span>{t("reviews.agentShare", { percent: Math.round(share) })}</span>
          <span>{t("reviews.silent", { time: duration(number(talk.silent)) })}</span>
          <span>
            {t("reviews.interruptions", {
              agent: number(talk.agent_interrupts),
              contact: number(talk.contact_interrupts),
            })}
          </span>
          <span>
            {t("reviews.monologues", {
              agent: duration(number(talk.agent_monologue)),
              contact: duration(number(talk.contact_monologue)),
            })}
          </span>
          {rest.marks.some(({ kind }) => kind === "hold") && (
            <span className={classes.holdKey}>{t("reviews.onHold")}</span>
          )}
          {rest.marks.some(({ kind }) => kind === "pause") && (
            <span className={classes.pauseKey}>{t("reviews.notRecorded")}</span>
          )}
          {rest.marks.some(({ kind }) => kind === "unsure") && (
            <span className={classes.unsureKey}>{t("reviews.perhapsNotRecorded")}</span>
          )}
        </p>
      )}
    </>
  );
}
