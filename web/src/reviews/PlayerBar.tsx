/** The buttons of the player. */
import { ActionIcon, Button, Select, Slider, Switch } from "@mantine/core";
import {
  IconLink,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerSkipBack,
  IconPlayerSkipForward,
  IconRepeat,
  IconX,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { Recording } from "../calls/queries";
import { useTranslation } from "../i18n";
import { IconButton } from "../ui/IconButton";
import { duration } from "../ui/time";
import { toast } from "../ui/toast";
import { SaveClip } from "./SaveClip";
import { type Span, SPEEDS } from "./moves";
import { type Ear, listenTo, setSpeed, usePlayer } from "./player";
import classes from "./reviews.module.css";

const EARS = ["both", "agent", "contact"] as const satisfies readonly Ear[];

interface Props {
  recording: Recording;
  time: number;
  length: number;
  playing: boolean;
  loading: boolean;
  disabled: boolean;
  skip: { on: boolean; set(on: boolean): void } | null;
  zoom: { value: number; set(value: number): void };
  range: Span | null;
  clear(): void;
  looping: boolean;
  loop(): void;
  toggle(): void;
  seek(second: number): void;
  menu: ReactNode;
}

/** Copies the address of this page at a second. */
export async function copySecond(second: number, done: string): Promise<void> {
  const link = new URL(location.href);
  link.searchParams.set("t", String(Math.floor(second)));
  await navigator.clipboard.writeText(link.href);
  toast.done(done);
}

export function PlayerBar(props: Props) {
  const { recording, time, length, playing, loading, disabled, skip, zoom, range, seek } = props;
  const { t } = useTranslation();
  const { speed, ear } = usePlayer();
  return (
    <div className={classes.bar}>
      <IconButton label={t("reviews.backTen")} shortcut="J" onClick={() => seek(time - 10)}>
        <IconPlayerSkipBack size={18} />
      </IconButton>
      <ActionIcon
        variant="filled"
        color="blue"
        size={40}
        radius="xl"
        loading={loading}
        disabled={disabled}
        aria-label={t(playing ? "reviews.pause" : "reviews.play")}
        onClick={props.toggle}
      >
        {playing ? <IconPlayerPause size={20} /> : <IconPlayerPlay size={20} />}
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
        value={String(speed)}
        onChange={(value) => setSpeed(Number(value ?? 1))}
        allowDeselect={false}
        w={86}
      />
      {recording.lanes.length === 2 && (
        <Select
          aria-label={t("reviews.ear")}
          data={EARS.map((one) => ({ value: one as string, label: t(`reviews.ears.${one}`) }))}
          value={ear}
          onChange={(value) => listenTo(EARS.find((one) => one === value) ?? "both")}
          allowDeselect={false}
          w={140}
        />
      )}
      {skip !== null && (
        <Switch
          label={t("reviews.skipSilence")}
          checked={skip.on}
          onChange={(event) => skip.set(event.currentTarget.checked)}
        />
      )}
      <Slider
        className={classes.zoom ?? ""}
        thumbLabel={t("reviews.zoom")}
        aria-label={t("reviews.zoom")}
        label={null}
        min={0}
        max={120}
        value={zoom.value}
        onChange={zoom.set}
      />
      {range !== null && (
        <>
          <Button
            variant={props.looping ? "light" : "default"}
            aria-pressed={props.looping}
            leftSection={<IconRepeat size={16} />}
            onClick={props.loop}
          >
            {t("reviews.loop")}
          </Button>
          <SaveClip callId={recording.call_id} range={range} />
          <IconButton label={t("reviews.noRange")} onClick={props.clear}>
            <IconX size={16} />
          </IconButton>
        </>
      )}
      <IconButton label={t("reviews.copyLink")} onClick={() => void copySecond(time, t("reviews.copied"))}>
        <IconLink size={18} />
      </IconButton>
      {props.menu}
    </div>
  );
}
