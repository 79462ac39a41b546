/** Pictures large, with zoom and steps between those of one message. */
import { Modal } from "@mantine/core";
import { IconChevronLeft, IconChevronRight, IconDownload, IconX, IconZoomIn, IconZoomOut } from "@tabler/icons-react";
import { useState } from "react";
import type { Attachment } from "../../api/types";
import { useTranslation } from "../../i18n";
import { IconButton } from "../../ui/IconButton";
import classes from "./attachments.module.css";
import { fileUrl } from "./files";

const LARGEST = 5;
const icon = { size: 20, stroke: 1.6 };

export default function Lightbox({
  files,
  start,
  close,
}: {
  files: readonly Attachment[];
  start: number;
  close: () => void;
}) {
  const { t } = useTranslation();
  const [at, setAt] = useState(start);
  const [zoom, setZoom] = useState(1);
  const file = files[at];
  const step = (by: number) => {
    setAt((now) => (now + by + files.length) % files.length);
    setZoom(1);
  };
  const scale = (by: number) => setZoom((now) => Math.min(LARGEST, Math.max(1, now + by)));
  if (file === undefined) return null;
  return (
    <Modal
      opened
      onClose={close}
      fullScreen
      withCloseButton={false}
      padding={0}
      classNames={{ content: classes.lightbox ?? "", body: classes.lightboxBody ?? "" }}
      attributes={{ content: { "aria-label": file.name } }}
      onKeyDown={(event) => {
        if (event.key === "ArrowLeft") step(-1);
        if (event.key === "ArrowRight") step(1);
        if (event.key === "+" || event.key === "=") scale(1);
        if (event.key === "-") scale(-1);
      }}
    >
      <div className={classes.lightboxBar}>
        <span>
          {file.name}
          {files.length > 1 && <small className="tabular"> {t("file.of", { at: at + 1, total: files.length })}</small>}
        </span>
        <IconButton label={t("file.zoomOut")} onClick={() => scale(-1)} disabled={zoom === 1}>
          <IconZoomOut {...icon} />
        </IconButton>
        <IconButton label={t("file.zoomIn")} onClick={() => scale(1)} disabled={zoom === LARGEST}>
          <IconZoomIn {...icon} />
        </IconButton>
        <IconButton label={t("file.download")} onClick={() => window.open(`${fileUrl(file)}?download=1`, "_self")}>
          <IconDownload {...icon} />
        </IconButton>
        <IconButton label={t("common.close")} onClick={close} data-autofocus>
          <IconX {...icon} />
        </IconButton>
      </div>
      <div className={classes.stage}>
        <img
          src={fileUrl(file)}
          alt={file.name}
          style={zoom === 1 ? undefined : { width: `${zoom * 100}%`, maxWidth: "none", maxHeight: "none" }}
        />
      </div>
      {files.length > 1 && (
        <>
          <IconButton className={classes.before ?? ""} label={t("file.previous")} onClick={() => step(-1)}>
            <IconChevronLeft {...icon} />
          </IconButton>
          <IconButton className={classes.after ?? ""} label={t("file.next")} onClick={() => step(1)}>
            <IconChevronRight {...icon} />
          </IconButton>
        </>
      )}
    </Modal>
  );
}
