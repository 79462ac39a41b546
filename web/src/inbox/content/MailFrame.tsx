/** A mail's HTML in a sandboxed frame: no scripts, pictures from elsewhere only when asked for, as high as its content. */
import { Button } from "@mantine/core";
import { IconPhoto } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import type { Interaction } from "../../api/types";
import { useTranslation } from "../../i18n";
import classes from "./mail.module.css";

const FIRST_HEIGHT = 120;

/** Follows the frame's document: its height, and whether pictures are held back. It runs no scripts, so reading it is safe. */
function follow(
  frame: HTMLIFrameElement,
  grow: (height: number) => void,
  held: (pictures: boolean) => void,
): () => void {
  let watch: ResizeObserver | undefined;
  const measure = () => {
    const root = frame.contentDocument?.documentElement;
    if (root) grow(Math.ceil(root.getBoundingClientRect().height) || root.scrollHeight);
  };
  const onLoad = () => {
    const root = frame.contentDocument?.documentElement;
    if (!root) return;
    watch?.disconnect();
    watch = new ResizeObserver(measure);
    watch.observe(root);
    measure();
    held(root.querySelector("img:not([src])") !== null);
  };
  frame.addEventListener("load", onLoad);
  return () => {
    frame.removeEventListener("load", onLoad);
    watch?.disconnect();
  };
}

export function MailFrame({ entry }: { entry: Interaction }) {
  const { t } = useTranslation();
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(FIRST_HEIGHT);
  const [pictures, setPictures] = useState(false);
  const [blocked, setBlocked] = useState(false);
  useEffect(() => (frame.current === null ? undefined : follow(frame.current, setHeight, setBlocked)), []);
  return (
    <>
      {blocked && !pictures && (
        <div className={classes.pictures}>
          <IconPhoto size={16} aria-hidden />
          <span>{t("mail.picturesBlocked")}</span>
          <Button size="compact-sm" variant="default" onClick={() => setPictures(true)}>
            {t("mail.showPictures")}
          </Button>
        </div>
      )}
      <iframe
        ref={frame}
        className={classes.frame}
        style={{ height }}
        title={entry.subject || t("mail.frame")}
        src={`/api/v1/interactions/${entry.id}/html?images=${pictures ? 1 : 0}`}
        sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
        loading="lazy"
      />
    </>
  );
}
