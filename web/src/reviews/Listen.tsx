/** The player of a review: waveform, buttons, keys, what the voices tell; or why there is nothing to hear. */
import { ActionIcon, Button, Select, Slider, Switch, TextInput } from "@mantine/core";
import {
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerSkipBack,
  IconPlayerSkipForward,
  IconLink,
  IconRepeat,
  IconX,
} from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useState } from "react";
import type { Recording } from "../calls/queries";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { isWriting } from "../shell/shortcuts";
import { IconButton } from "../ui/IconButton";
import { duration } from "../ui/time";
import { toast } from "../ui/toast";
import { nextSpeed, type Player, type Span, SPEEDS, usePlayer } from "./player";
import { type Waveform as Found, waveformQuery } from "./queries";
import classes from "./reviews.module.css";
import { type Mark, Waveform } from "./Waveform";

const NO_SPANS: readonly Span[] = [];

export interface Listening {
  time: number;
  range: Span | null;
  seek(second: number): void;
}

interface Props {
  recording: Recording;
  from: number;
  marks: readonly Mark[];
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

function Sound({ recording, from, marks, told, onComment, onScore }: Props) {
  const { t } = useTranslation();
  const [reason, setReason] = useState("");
  const [skip, setSkip] = useState(false);
  const [zoom, setZoom] = useState(0);
  const [range, setRange] = useState<Span | null>(null);
  const [looping, setLooping] = useState(false);
  const look = useQuery({
    ...waveformQuery(recording.id),
    refetchInterval: ({ state }) => (state.status === "error" ? 4000 : false),
  });
  const silences = spansOf(look.data?.talk.silences);
  const player = usePlayer({
    recordingId: recording.id,
    reason,
    from,
    silences: skip ? silences : NO_SPANS,
    loop: looping ? range : null,
  });
  const { time, seek } = player;
  const tell = useEffectEvent((now: number, chosen: Span | null) => told({ time: now, range: chosen, seek }));
  useEffect(() => tell(time, range), [time, range]);
  useKeys(player, onComment, onScore);
  const asks = recording.ask_reason && reason.trim() === "";
  const length = look.data?.seconds ?? recording.seconds ?? 0;
  const all: Mark[] = [
    ...marks,
    ...(range === null ? [] : [{ start: range[0], end: range[1], kind: "range" as const }]),
  ];
  const copy = async () => {
    const link = new URL(location.href);
    link.searchParams.set("t", String(Math.floor(time)));
    await navigator.clipboard.writeText(link.href);
    toast.done(t("reviews.copied"));
  };
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
      <div className={classes.bar}>
        <IconButton label={t("reviews.backTen")} shortcut="J" onClick={() => seek(time - 10)}>
          <IconPlayerSkipBack size={18} />
        </IconButton>
        <ActionIcon
          variant="filled"
          color="blue"
          size={40}
          radius="xl"
          loading={player.loading}
          disabled={asks}
          aria-label={t(player.playing ? "reviews.pause" : "reviews.play")}
          onClick={player.toggle}
        >
          {player.playing ? <IconPlayerPause size={20} /> : <IconPlayerPlay size={20} />}
        </ActionIcon>
        <IconButton label={t("reviews.onTen")} shortcut="L" onClick={() => seek(time + 10)}>
          <IconPlayerSkipForward size={18} />
        </IconButton>
        <span className={classes.clock}>
          {duration(time)} / {duration(length)}
        </span>
        <Select
          aria-label={t("reviews.speed")}
          data={SPEEDS.map((one) => ({ value: String(one), label: `${one}×` }))}
          value={String(player.speed)}
          onChange={(value) => player.setSpeed(Number(value ?? 1))}
          allowDeselect={false}
          w={86}
        />
        {silences.length > 0 && (
          <Switch
            label={t("reviews.skipSilence")}
            checked={skip}
            onChange={(event) => setSkip(event.currentTarget.checked)}
          />
        )}
        <Slider
          className={classes.zoom ?? ""}
          thumbLabel={t("reviews.zoom")}
          aria-label={t("reviews.zoom")}
          label={null}
          min={0}
          max={120}
          value={zoom}
          onChange={setZoom}
        />
        {range !== null && (
          <>
            <Button
              variant={looping ? "light" : "default"}
              aria-pressed={looping}
              leftSection={<IconRepeat size={16} />}
              onClick={() => {
                setLooping(!looping);
                seek(range[0]);
              }}
            >
              {t("reviews.loop")}
            </Button>
            <IconButton
              label={t("reviews.noRange")}
              onClick={() => {
                setRange(null);
                setLooping(false);
              }}
            >
              <IconX size={16} />
            </IconButton>
          </>
        )}
        <IconButton label={t("reviews.copyLink")} onClick={() => void copy()}>
          <IconLink size={18} />
        </IconButton>
      </div>
      {recording.fetching && <p className={classes.quiet}>{t("reviews.fetching")}</p>}
      {player.problem !== null && (
        <p className={classes.problem} role="alert">
          {inWords(player.problem)}
        </p>
      )}
      <p className={classes.keys}>{t("reviews.keys")}</p>
    </section>
  );
}

interface DrawnProps {
  found: Found;
  time: number;
  zoom: number;
  marks: readonly Mark[];
  seek(second: number): void;
  choose(range: Span): void;
}

function Drawn({ found, ...rest }: DrawnProps) {
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
        </p>
      )}
    </>
  );
}

function spansOf(raw: unknown): readonly Span[] {
  if (!Array.isArray(raw)) return NO_SPANS;
  return raw.flatMap((one: unknown) =>
    Array.isArray(one) && typeof one[0] === "number" && typeof one[1] === "number" ? [[one[0], one[1]] as const] : [],
  );
}

/** By the key's place, so that they hold on Korean and Polish layouts. */
function useKeys(player: Player, onComment: () => void, onScore: () => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    const { target } = event;
    const onControl =
      target instanceof Element && target.closest('button,a,[role="slider"],[role="dialog"],[role="listbox"]') !== null;
    const by: Record<string, () => void> = {
      KeyK: player.toggle,
      KeyJ: () => player.seek(player.time - 10),
      KeyL: () => player.seek(player.time + 10),
      KeyC: onComment,
      KeyS: onScore,
      ...(event.shiftKey
        ? {
            Comma: () => player.setSpeed(nextSpeed(player.speed, -1)),
            Period: () => player.setSpeed(nextSpeed(player.speed, 1)),
          }
        : {}),
      ...(onControl
        ? {}
        : {
            Space: player.toggle,
            ArrowLeft: () => player.seek(player.time - 5),
            ArrowRight: () => player.seek(player.time + 5),
          }),
    };
    const act = by[event.code];
    if (act === undefined) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    const stop = new AbortController();
    addEventListener("keydown", press, { signal: stop.signal });
    return () => stop.abort();
  }, []);
}
