/** The player of a review: waveform, buttons and keys; or why there is nothing to hear. */
import { TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useMemo, useState } from "react";
import { inWords } from "../api/problem";
import type { Call, Recording } from "../calls/queries";
import { useTranslation } from "../i18n";
import { useDocked } from "../shell/docked";
import { full } from "../ui/time";
import { Dock } from "./Dock";
import { Drawn } from "./Drawn";
import { useKeys } from "./keys";
import { type Span, spansIn } from "./moves";
import {
  begin,
  isPlaying,
  seek as seekPlaying,
  setMoves,
  setPage,
  setSpeed,
  toggle as togglePlaying,
  usePlayer,
} from "./player";
import { PlayerBar } from "./PlayerBar";
import { waveformQuery } from "./queries";
import { RecordingMenu } from "./RecordingMenu";
import classes from "./reviews.module.css";
import type { Mark } from "./Waveform";

const NO_SPANS: readonly Span[] = [];

export interface Listening {
  time: number;
  range: Span | null;
  seek(second: number): void;
}

interface Props {
  recording: Recording;
  /** Who is heard, for the bar that stays while one is elsewhere. */
  title: string;
  from: number;
  marks: readonly Mark[];
  call: Pick<Call, "holds" | "pauses">;
  told(listening: Listening): void;
  onComment(): void;
  onScore(): void;
}

/** Whether there is sound at all; else the state says why, each in its own words. */
export function Listen(props: Props) {
  const { t } = useTranslation();
  const { recording } = props;
  const hidden = recording.why_not_play !== "";
  const why = hidden ? recording.why_not_play : recording.silent;
  if (why !== "")
    return (
      <section className={classes.silent} data-state={hidden ? "hidden" : recording.state}>
        <strong>{t(hidden ? "reviews.states.hidden" : `reviews.states.${recording.state}`)}</strong>
        <p>{why}</p>
      </section>
    );
  return <Sound {...props} />;
}

function Sound({ recording, title, from, marks, call, told, onComment, onScore }: Props) {
  const { t, i18n } = useTranslation();
  const player = usePlayer();
  const [reason, setReason] = useState("");
  const [skip, setSkip] = useState(false);
  const [zoom, setZoom] = useState(0);
  const [range, setRange] = useState<Span | null>(null);
  const [looping, setLooping] = useState(false);
  const [waiting, setWaiting] = useState(from);
  const look = useQuery({
    ...waveformQuery(recording.id),
    refetchInterval: ({ state }) => (state.status === "error" ? 4000 : false),
  });
  const active = player.track?.recordingId === recording.id;
  const length = look.data?.seconds ?? recording.seconds ?? 0;
  const time = active ? player.time : length > 0 ? Math.min(waiting, length) : waiting;
  const asks = recording.ask_reason && reason.trim() === "" && !active;
  const seek = (second: number) => {
    const to = Math.max(0, length > 0 ? Math.min(second, length) : second);
    // As it is at that moment: marks and lines keep this function for longer.
    if (isPlaying(recording.id)) seekPlaying(to);
    else setWaiting(to);
  };
  const toggle = () => {
    if (active) togglePlaying();
    else if (!asks) void begin({ recordingId: recording.id, callId: recording.call_id, title }, reason, time);
  };

  const arrive = useEffectEvent(() => {
    if (active && from > 0) seekPlaying(from);
  });
  useEffect(() => {
    setPage(recording.id);
    useDocked.setState({ Bar: Dock });
    arrive();
    return () => {
      setPage(null);
      setMoves(NO_SPANS, null);
    };
  }, [recording.id]);
  const silences = useMemo(() => spansOf(look.data?.talk.silences), [look.data]);
  useEffect(() => {
    if (active) setMoves(skip ? silences : NO_SPANS, looping ? range : null);
  }, [active, skip, silences, looping, range]);
  const tell = useEffectEvent((now: number, chosen: Span | null) => told({ time: now, range: chosen, seek }));
  useEffect(() => tell(time, range), [time, range]);
  useKeys({ time, speed: player.speed, toggle, seek, setSpeed, comment: onComment, score: onScore });

  const { holds, pauses } = call;
  const all = useMemo<Mark[]>(
    () => [
      ...(recording.began_at === null
        ? []
        : [
            ...spansIn(holds, recording.began_at, length).map(([start, end]) => ({
              start,
              end,
              kind: "hold" as const,
            })),
            ...[true, false].flatMap((sure) =>
              spansIn(
                pauses.filter((one) => one.sure === sure),
                recording.began_at ?? "",
                length,
              ).map(([start, end]) => ({ start, end, kind: sure ? ("pause" as const) : ("unsure" as const) })),
            ),
          ]),
      ...marks,
      ...(range === null ? [] : [{ start: range[0], end: range[1], kind: "range" as const }]),
    ],
    [holds, pauses, length, marks, range, recording.began_at],
  );
  const problem = active || player.track === null ? player.problem : null;
  return (
    <section className={classes.player} aria-label={t("reviews.recordingOf")}>
      {recording.ask_reason && (
        <TextInput
          label={t("reviews.why")}
          required
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maw={420}
        />
      )}
      {recording.error !== "" && <p className={classes.quiet}>{recording.error}</p>}
      {look.data === undefined ? (
        <p className={classes.quiet}>{look.isError ? inWords(look.error) : t("reviews.drawing")}</p>
      ) : (
        <Drawn found={look.data} time={time} zoom={zoom} marks={all} seek={seek} choose={setRange} />
      )}
      <PlayerBar
        recording={recording}
        time={time}
        length={length}
        playing={active && player.playing}
        loading={active && player.loading}
        disabled={asks}
        skip={silences.length > 0 ? { on: skip, set: setSkip } : null}
        zoom={{ value: zoom, set: setZoom }}
        range={range}
        clear={() => {
          setRange(null);
          setLooping(false);
        }}
        looping={looping}
        loop={() => {
          setLooping(!looping);
          if (range !== null) seek(range[0]);
        }}
        toggle={toggle}
        seek={seek}
        menu={<RecordingMenu recording={recording} reason={reason} />}
      />
      {recording.fetching && <p className={classes.quiet}>{t("reviews.fetching")}</p>}
      {recording.redacted && <p className={classes.quiet}>{t("reviews.redacted")}</p>}
      {recording.hold !== "" ? (
        <p className={classes.quiet}>{t("reviews.held", { reason: recording.hold })}</p>
      ) : (
        recording.deleted_by_rule_at !== null && (
          <p className={classes.quiet}>
            {t("reviews.goesAt", { when: full(new Date(recording.deleted_by_rule_at), i18n.language) })}
          </p>
        )
      )}
      {problem !== null && (
        <p className={classes.problem} role="alert">
          {inWords(problem)}
        </p>
      )}
      <p className={classes.keys}>{t("reviews.keys")}</p>
    </section>
  );
}

function spansOf(raw: unknown): readonly Span[] {
  if (!Array.isArray(raw)) return NO_SPANS;
  return raw.flatMap((one: unknown) =>
    Array.isArray(one) && typeof one[0] === "number" && typeof one[1] === "number" ? [[one[0], one[1]] as const] : [],
  );
}
