/** The form of one template, made from its own fields, with what the customer will read beside it. */
import { Button, FileInput, Progress, Textarea, TextInput } from "@mantine/core";
import { IconSend2 } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { newId } from "../../api/ids";
import { inWords } from "../../api/problem";
import type { Attachment, Capabilities, Template, TemplateField } from "../../api/types";
import { upload } from "../../api/upload";
import { useTranslation } from "../../i18n";
import { fileSize } from "../../ui/time";
import { mediaTypeFits, mostBytes } from "../limits";
import classes from "./template.module.css";
import { TemplatePreview } from "./TemplatePreview";
import { accepts, type Filled, isFile, wrongWith } from "./templates";

export interface Chosen {
  template: Template;
  values: Filled;
  /** Of the fields that are files, in their order. */
  files: readonly Attachment[];
}

interface TemplateFormProps {
  template: Template;
  capabilities: Capabilities;
  submit: (chosen: Chosen) => Promise<unknown>;
  blocked: boolean;
}

interface HeaderFile {
  file: File;
  share: number;
  error: string;
  view: Attachment | null;
}

export function TemplateForm({ template, capabilities, submit, blocked }: TemplateFormProps) {
  const { t } = useTranslation();
  const [values, setValues] = useState<Filled>({});
  const [files, setFiles] = useState<Readonly<Record<string, HeaderFile>>>({});
  const [tried, setTried] = useState(false);
  const send = useMutation({ mutationFn: submit });
  const attached = template.fields.filter(isFile).flatMap((field) => files[field.key]?.view ?? []);
  const filesReady = attached.length === template.fields.filter(isFile).length;
  const complete = filesReady && template.fields.every((field) => wrongWith(field, values[field.key] ?? "") === null);
  const sendable = template.state === "approved";

  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    event.stopPropagation();
    setTried(true);
    if (complete && sendable && !blocked) send.mutate({ template, values, files: attached });
  };
  const setFile = (key: string, change: Partial<HeaderFile> | null, file?: File) =>
    setFiles(({ [key]: before, ...rest }) => {
      if (change === null) return rest;
      const base = file === undefined ? before : { file, share: 0, error: "", view: null };
      return base === undefined ? rest : { ...rest, [key]: { ...base, ...change } };
    });

  return (
    <form className={classes.form} onSubmit={onSubmit} noValidate>
      <div className={classes.fields}>
        <h3>{template.name.replaceAll("_", " ")}</h3>
        {!sendable && (
          <p className={classes.problem} role="status">
            {t(`template.cannot.${template.state as "pending" | "rejected" | "paused"}`)} {template.reason}
          </p>
        )}
        {template.fields.map((field, index) =>
          isFile(field) ? (
            <FileField
              key={field.key}
              field={field}
              capabilities={capabilities}
              chosen={files[field.key]}
              change={(change, file) => setFile(field.key, change, file)}
              missing={tried && files[field.key] === undefined}
            />
          ) : (
            <TextField
              key={field.key}
              field={field}
              first={index === 0}
              value={values[field.key] ?? ""}
              strict={tried}
              onChange={(value) => setValues({ ...values, [field.key]: value })}
            />
          ),
        )}
        {template.fields.length === 0 && <p className={classes.quiet}>{t("template.noFields")}</p>}
      </div>
      <TemplatePreview template={template} values={values} files={attached} />
      <div className={classes.send}>
        {send.isError && (
          <p className={classes.problem} role="alert">
            {inWords(send.error)}
          </p>
        )}
        {tried && blocked && (
          <p className={classes.problem} role="alert">
            {t("template.noAddress")}
          </p>
        )}
        <Button type="submit" loading={send.isPending} disabled={!sendable} leftSection={<IconSend2 size={16} />}>
          {t("template.send")}
        </Button>
      </div>
    </form>
  );
}

interface TextFieldProps {
  field: TemplateField;
  first: boolean;
  value: string;
  /** Somebody pressed "Send": what is missing is said, too. */
  strict: boolean;
  onChange: (value: string) => void;
}

function TextField({ field, first, value, strict, onChange }: TextFieldProps) {
  const { t } = useTranslation();
  const wrong = wrongWith(field, value);
  const told = wrong !== null && (strict || (value !== "" && wrong === "long"));
  const common = {
    label: field.title,
    required: true,
    autoFocus: first,
    value,
    ...(field.example === "" ? {} : { placeholder: t("template.example", { example: field.example }) }),
    error: told ? t(`template.wrong.${wrong}`, { max: field.max_length ?? 0 }) : undefined,
  };
  if (field.kind === "location")
    return (
      <TextInput
        {...common}
        description={t("template.placeText")}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    );
  return (
    <Textarea {...common} autosize minRows={1} maxRows={5} onChange={(event) => onChange(event.currentTarget.value)} />
  );
}

interface FileFieldProps {
  field: TemplateField;
  capabilities: Capabilities;
  chosen: HeaderFile | undefined;
  change: (change: Partial<HeaderFile> | null, file?: File) => void;
  missing: boolean;
}

function FileField({ field, capabilities, chosen, change, missing }: FileFieldProps) {
  const { t, i18n } = useTranslation();
  const choose = (file: File | null) => {
    if (file === null) {
      change(null);
      return;
    }
    const wanted = accepts(field);
    if (wanted !== "" && !mediaTypeFits(file.type, [wanted])) {
      change({ error: t("template.wrongKind", { name: file.name, kind: t(`template.kind.${field.kind}`) }) }, file);
      return;
    }
    const most = capabilities.media === null ? Infinity : mostBytes(capabilities.media, file.type);
    if (file.size > most) {
      change({ error: t("composer.misfit.size", { name: file.name, max: fileSize(most, i18n.language) }) }, file);
      return;
    }
    change({}, file);
    upload(newId(), file, (share) => change({ share })).then(
      (view) => change({ share: 1, view }),
      (error: unknown) => change({ error: inWords(error) }),
    );
  };
  return (
    <div>
      <FileInput
        label={field.title}
        required
        clearable
        clearButtonProps={{ "aria-label": t("composer.removeFile", { name: chosen?.file.name ?? "" }) }}
        placeholder={t(`template.attach.${field.kind as "image" | "video" | "document"}`)}
        accept={accepts(field)}
        value={chosen?.file ?? null}
        onChange={choose}
        error={chosen?.error || (missing ? t("template.wrong.empty") : undefined)}
      />
      {chosen !== undefined && chosen.view === null && chosen.error === "" && (
        <Progress
          value={chosen.share * 100}
          size={3}
          aria-label={t("composer.uploading", { name: chosen.file.name })}
        />
      )}
    </div>
  );
}
