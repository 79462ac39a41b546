/** The player at the lower edge, while one is elsewhere in the hub. */
import { ActionIcon } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay, IconPlayerSkipBack, IconPlayerSkipForward, IconX } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { IconButton } from "../ui/IconButton";
import { duration } from "../ui/time";
import classes from "./dock.module.css";
import { seek, stop, toggle, usePlayer } from "./player";

export function Dock() {
  const { t } = useTranslation();
  const { track, onPage, time, playing, loading, problem } = usePlayer();
  // Who leaves the hub listens no longer.
  useEffect(() => stop, []);
  if (track === null || track.recordingId === onPage) return null;
  return (
    <section className={classes.dock} aria-label={t("reviews.recordingOf")}>
      <IconButton label={t("reviews.backTen")} onClick={() => seek(time - 10)}>
        <IconPlayerSkipBack size={17} />
      </IconButton>
      <ActionIcon
        variant="filled"
        color="blue"
        size={32}
        radius="xl"
        loading={loading}
        aria-label={t(playing ? "reviews.pause" : "reviews.play")}
        onClick={toggle}
      >
        {playing ? <IconPlayerPause size={17} /> : <IconPlayerPlay size={17} />}
      </ActionIcon>
      <IconButton label={t("reviews.onTen")} onClick={() => seek(time + 10)}>
        <IconPlayerSkipForward size={17} />
      </IconButton>
      <span className={classes.clock}>{duration(time)}</span>
      <Link to="/reviews/$callId" params={{ callId: track.callId }} className={classes.title ?? ""}>
        {track.title}
      </Link>
      {problem !== null && <span role="alert">{inWords(problem)}</span>}
      <IconButton label={t("reviews.stop")} onClick={stop}>
        <IconX size={17} />
      </IconButton>
    </section>
  );
}
