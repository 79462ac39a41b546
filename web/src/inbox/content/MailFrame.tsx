/** A mail's HTML in a sandboxed frame: no scripts, pictures from elsewhere only when asked for, as high as its content. */
import { Button } from "@mantine/core";
import { IconPhoto } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import type { Interaction } from "../../api/types";
import { useTranslation } from "../../i18n";
import classes from "./mail.module.css";

const FIRST_HEIGHT = 120;

/** Grows the frame with its document. The frame runs no scripts, so reading its height from here is safe. */
function followHeight(frame: HTMLIFrameElement, grow: (height: number) => void): () => void {
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
  useEffect(() => (frame.current === null ? undefined : followHeight(frame.current, setHeight)), []);
  const blocked = entry.data.remote_images === true || Number(entry.data.remote_images) > 0;
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
