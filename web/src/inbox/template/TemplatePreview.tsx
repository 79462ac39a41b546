/** A template as the customer will read it, while it is being filled in. */
import {
  IconArrowBackUp,
  IconCopy,
  IconExternalLink,
  IconFileText,
  IconHandClick,
  IconMapPin,
  IconMovie,
  IconPhone,
  IconPhoto,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import type { Attachment, Template, TemplateField } from "../../api/types";
import { useTranslation } from "../../i18n";
import { fileUrl } from "../content/files";
import classes from "./template.module.css";
import { type Filled, filledIn, isFile, pieces } from "./templates";

const icon = { size: 15, stroke: 1.7 };
const BUTTONS: Readonly<Record<Template["buttons"][number]["kind"], ReactNode>> = {
  reply: <IconArrowBackUp {...icon} aria-hidden />,
  link: <IconExternalLink {...icon} aria-hidden />,
  phone: <IconPhone {...icon} aria-hidden />,
  code: <IconCopy {...icon} aria-hidden />,
  other: <IconHandClick {...icon} aria-hidden />,
};

interface TemplatePreviewProps {
  template: Template;
  values: Filled;
  files: readonly Attachment[];
}

export function TemplatePreview({ template, values, files }: TemplatePreviewProps) {
  const { t } = useTranslation();
  const places = template.fields.filter((field) => field.kind === "location");
  const fileFields = template.fields.filter(isFile);
  return (
    <section className={classes.preview} aria-label={t("template.preview")}>
      <p className={classes.previewTitle}>{t("template.preview")}</p>
      <div className={classes.bubble}>
        {fileFields.map((field, index) => (
          <HeaderFile key={field.key} field={field} file={files[index]} />
        ))}
        {places.map((field) => (
          <p key={field.key} className={classes.headerPlace}>
            <IconMapPin size={18} stroke={1.6} aria-hidden /> {values[field.key] || field.title}
          </p>
        ))}
        {template.header !== "" && (
          <p className={classes.header}>
            <Line text={template.header} template={template} values={values} />
          </p>
        )}
        <p dir="auto">
          <Line text={template.body} template={template} values={values} />
        </p>
        {template.footer !== "" && (
          <p className={classes.footer}>
            <Line text={template.footer} template={template} values={values} />
          </p>
        )}
      </div>
      {template.buttons.length > 0 && (
        <ul className={classes.buttons} aria-label={t("template.buttons")}>
          {template.buttons.map((button, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- two buttons may say the same
            <li key={index}>
              {BUTTONS[button.kind]}
              <span>
                {button.label}
                {button.target !== "" && <small>{filledIn(button.target, values)}</small>}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Line({ text, template, values }: { text: string; template: Template; values: Filled }) {
  return pieces(text, values, template.fields).map((piece, index) =>
    piece.key === null ? (
      piece.text
    ) : (
      // oxlint-disable-next-line react/no-array-index-key -- pieces of one text have no other name
      <mark key={index} className={classes.value} data-empty={piece.empty || undefined}>
        {piece.text}
      </mark>
    ),
  );
}

function HeaderFile({ field, file }: { field: TemplateField; file: Attachment | undefined }) {
  if (field.kind === "image" && file !== undefined)
    return <img className={classes.headerPicture} src={fileUrl(file)} alt={file.name} />;
  const Icon = field.kind === "image" ? IconPhoto : field.kind === "video" ? IconMovie : IconFileText;
  return (
    <p className={classes.headerFile}>
      <Icon size={26} stroke={1.4} aria-hidden />
      <span>{file?.name ?? field.title}</span>
    </p>
  );
}
