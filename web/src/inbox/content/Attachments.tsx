/** The files of a message: pictures as a grid, sound and film as players, the rest as rows. */
import { IconAlertTriangle, IconDownload, IconFile, IconLoader2 } from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import type { Attachment } from "../../api/types";
import { useTranslation } from "../../i18n";
import { duration, fileSize } from "../../ui/time";
import classes from "./attachments.module.css";

const Lightbox = lazy(() => import("./Lightbox"));

const SHOWN = /^image\/(png|jpeg|gif|webp|avif)$/;
const isPicture = (file: Attachment) => file.state === "ready" && (SHOWN.test(file.media_type) || file.thumbnail);

export const fileUrl = (file: Attachment): string => `/api/v1/attachments/${file.id}`;

export function Attachments({ files, sticker = false }: { files: readonly Attachment[]; sticker?: boolean }) {
  const pictures = files.filter(isPicture);
  const others = files.filter((file) => !isPicture(file));
  if (files.length === 0) return null;
  return (
    <div className={classes.files}>
      {pictures.length > 0 && <Pictures files={pictures} sticker={sticker} />}
      {others.map((file) => (
        <Other key={file.id} file={file} />
      ))}
    </div>
  );
}

function Pictures({ files, sticker }: { files: readonly Attachment[]; sticker: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<number | null>(null);
  return (
    <>
      <div className={classes.pictures} data-count={Math.min(files.length, 4)} data-sticker={sticker || undefined}>
        {files.map((file, index) => {
          // The place is kept before the picture is there, so that nothing jumps when it comes.
          const ratio = file.width !== null && file.height !== null ? `${file.width} / ${file.height}` : "4 / 3";
          return (
            <button
              key={file.id}
              type="button"
              onClick={() => setOpen(index)}
              aria-label={t("file.open", { name: file.name })}
            >
              <img
                src={file.thumbnail ? `${fileUrl(file)}/thumbnail` : fileUrl(file)}
                alt={file.name}
                loading="lazy"
                style={files.length === 1 ? { aspectRatio: ratio } : undefined}
              />
            </button>
          );
        })}
      </div>
      {open !== null && (
        <Suspense fallback={null}>
          <Lightbox files={files} start={open} close={() => setOpen(null)} />
        </Suspense>
      )}
    </>
  );
}

function Other({ file }: { file: Attachment }) {
  const { t, i18n } = useTranslation();
  if (file.state === "ready" && file.media_type.startsWith("audio/")) {
    return (
      <figure className={classes.player}>
        {/* oxlint-disable-next-line jsx-a11y/media-has-caption -- a customer's voice note has no captions */}
        <audio controls preload="metadata" src={fileUrl(file)} aria-label={file.voice ? t("file.voice") : file.name} />
        <figcaption>
          {file.voice ? t("file.voice") : file.name}
          {file.duration !== null && <span className="tabular"> · {duration(file.duration)}</span>}
        </figcaption>
      </figure>
    );
  }
  if (file.state === "ready" && file.media_type.startsWith("video/")) {
    // oxlint-disable-next-line jsx-a11y/media-has-caption -- a customer's film has no captions
    return <video className={classes.video} controls preload="metadata" src={fileUrl(file)} aria-label={file.name} />;
  }
  const broken = file.state === "failed" || file.state === "refused";
  const line = (
    <>
      <span className={classes.fileIcon} aria-hidden>
        {broken ? (
          <IconAlertTriangle size={20} stroke={1.6} />
        ) : file.state === "pending" ? (
          <IconLoader2 size={20} stroke={1.6} />
        ) : (
          <IconFile size={20} stroke={1.6} />
        )}
      </span>
      <span className={classes.fileName}>
        <span>{file.name}</span>
        <small>
          {file.state === "pending" && t("file.pending")}
          {broken && (file.error || t("file.failed"))}
          {file.state === "ready" && file.size !== null && fileSize(file.size, i18n.language)}
        </small>
      </span>
      {file.state === "ready" && <IconDownload size={16} stroke={1.6} aria-hidden />}
    </>
  );
  if (file.state !== "ready")
    return (
      <div className={classes.file} data-broken={broken || undefined}>
        {line}
      </div>
    );
  return (
    <a className={classes.file} href={`${fileUrl(file)}?download=1`} download={file.name}>
      {line}
    </a>
  );
}
