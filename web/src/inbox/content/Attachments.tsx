/** The files of a message: pictures as a grid, sound and film as players, pages as their first, the rest as rows. */
import {
  IconAlertTriangle,
  IconDownload,
  IconExternalLink,
  IconFile,
  IconLoader2,
  IconMicrophone,
} from "@tabler/icons-react";
import { lazy, Suspense, useState } from "react";
import type { Attachment } from "../../api/types";
import { useTranslation } from "../../i18n";
import { duration, fileSize } from "../../ui/time";
import classes from "./attachments.module.css";
import { fileUrl } from "./files";
import { takeTurn } from "./turn";

const FileTrouble = lazy(() => import("./FileTrouble"));
const Lightbox = lazy(() => import("./Lightbox"));
const AudioPlayer = lazy(() => import("./AudioPlayer").then((module) => ({ default: module.AudioPlayer })));

const SHOWN = /^image\/(png|jpeg|gif|webp|avif)$/;
const isPicture = (file: Attachment) =>
  file.state === "ready" && (SHOWN.test(file.media_type) || (file.thumbnail && file.media_type.startsWith("image/")));

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
  if (file.state === "ready" && file.media_type.startsWith("audio/")) return <Sound file={file} />;
  if (file.state === "ready" && file.media_type.startsWith("video/")) return <Film file={file} />;
  if (file.state === "ready" && file.thumbnail) return <Pages file={file} />;
  return <Row file={file} />;
}

function Sound({ file }: { file: Attachment }) {
  const { t } = useTranslation();
  const name = file.voice ? t("file.voice") : file.name;
  return (
    <figure className={classes.sound}>
      <Suspense fallback={<div className={classes.soundPlace} aria-busy="true" />}>
        <AudioPlayer
          src={`${fileUrl(file)}/playable`}
          name={name}
          peaks={file.peaks}
          length={file.duration}
          fallback={<Row file={file} />}
        />
      </Suspense>
      {!file.voice && <figcaption>{name}</figcaption>}
    </figure>
  );
}

function Film({ file }: { file: Attachment }) {
  const { t } = useTranslation();
  const [broken, setBroken] = useState(false);
  if (broken)
    return (
      <>
        <p className={classes.cannot}>{t("player.brokenFilm")}</p>
        <Row file={file} />
      </>
    );
  return (
    // oxlint-disable-next-line jsx-a11y/media-has-caption -- a customer's film has no captions
    <video
      className={classes.video}
      controls
      playsInline
      preload={file.thumbnail ? "none" : "metadata"}
      {...(file.thumbnail ? { poster: `${fileUrl(file)}/thumbnail` } : {})}
      {...(file.width !== null && file.height !== null
        ? { style: { aspectRatio: `${file.width} / ${file.height}` } }
        : {})}
      src={fileUrl(file)}
      aria-label={file.duration === null ? file.name : `${file.name} (${duration(file.duration)})`}
      onPlay={(event) => takeTurn(event.currentTarget)}
      onError={() => setBroken(true)}
    />
  );
}

/** A document whose first page can be seen: it opens beside the hub. */
function Pages({ file }: { file: Attachment }) {
  const { i18n } = useTranslation();
  return (
    <a className={classes.pages} href={fileUrl(file)} target="_blank" rel="noopener noreferrer">
      <img src={`${fileUrl(file)}/thumbnail`} alt="" loading="lazy" />
      <span className={classes.pagesLine}>
        <span className={classes.fileName}>
          <span>{file.name}</span>
          <small>{file.size !== null && fileSize(file.size, i18n.language)}</small>
        </span>
        <IconExternalLink size={16} stroke={1.6} aria-hidden />
      </span>
    </a>
  );
}

function Row({ file }: { file: Attachment }) {
  const { t, i18n } = useTranslation();
  const broken = file.state === "failed" || file.state === "refused";
  const Icon = broken
    ? IconAlertTriangle
    : file.state === "pending"
      ? IconLoader2
      : file.voice
        ? IconMicrophone
        : IconFile;
  const line = (
    <>
      <span className={classes.fileIcon} aria-hidden>
        <Icon size={20} stroke={1.6} />
      </span>
      <span className={classes.fileName}>
        <span>{file.voice ? t("file.voice") : file.name}</span>
        <small>
          {file.state === "pending" && t("file.pending")}
          {broken && (
            <Suspense fallback={t("file.failed")}>
              <FileTrouble file={file} />
            </Suspense>
          )}
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
