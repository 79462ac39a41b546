/** What a caller hears: a text in a language that a voice speaks, or an uploaded sound instead. */
import { Button, FileButton, Group, Select, Switch, Textarea, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { newId } from "../api/ids";
import { inWords } from "../api/problem";
import { upload } from "../api/upload";
import { languageOptions } from "../bots/languages";
import { useTranslation } from "../i18n";
import classes from "./lines.module.css";
import { type Prompt, said } from "./plan";

interface PromptFieldProps {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
  value: Prompt;
  change: (prompt: Prompt) => void;
}

export function PromptField({ label, hint, error, value, change }: PromptFieldProps) {
  const { t, i18n } = useTranslation();
  const sound = useMutation({
    mutationFn: (file: File) => upload(newId(), file, () => undefined),
    onSuccess: (uploaded) => change({ ...value, file: uploaded.id }),
  });
  return (
    <fieldset className={classes.group}>
      <legend>{label}</legend>
      {hint !== undefined && <p className={classes.quiet}>{hint}</p>}
      {value.file === "" ? (
        <>
          <Textarea
            aria-label={`${label}: ${t("calls.lines.text")}`}
            placeholder={t("calls.lines.text")}
            autosize
            minRows={2}
            maxLength={4000}
            value={value.text}
            error={error}
            onChange={(event) => change({ ...value, text: event.currentTarget.value })}
          />
          <div className={classes.pair}>
            <Select
              label={t("calls.lines.language")}
              data={languageOptions(i18n.language, value.language)}
              value={value.language}
              allowDeselect={false}
              searchable
              onChange={(language) => change({ ...value, language: language ?? value.language })}
            />
            <TextInput
              label={t("calls.lines.voice")}
              placeholder={t("calls.lines.voiceUsual")}
              value={value.voice}
              onChange={(event) => change({ ...value, voice: event.currentTarget.value })}
            />
          </div>
        </>
      ) : (
        // oxlint-disable-next-line jsx-a11y/media-has-caption -- what it says nobody has written down
        <audio controls preload="none" src={`/api/v1/attachments/${value.file}`} aria-label={label} />
      )}
      <Group gap="xs">
        <FileButton accept="audio/*" onChange={(file) => file !== null && sound.mutate(file)}>
          {(props) => (
            <Button {...props} variant="default" size="xs" loading={sound.isPending}>
              {t("calls.lines.upload")}
            </Button>
          )}
        </FileButton>
        {value.file !== "" && (
          <Button variant="subtle" size="xs" onClick={() => change({ ...value, file: "" })}>
            {t("calls.lines.speakInstead")}
          </Button>
        )}
      </Group>
      {sound.isError && (
        <p role="alert" className={classes.bad}>
          {inWords(sound.error)}
        </p>
      )}
    </fieldset>
  );
}

interface MaybePromptProps extends Omit<PromptFieldProps, "value" | "change"> {
  value: Prompt | null;
  change: (prompt: Prompt | null) => void;
  language: string;
}

/** A prompt that may be left out. */
export function MaybePrompt({ value, change, language, ...rest }: MaybePromptProps) {
  return (
    <>
      <Switch
        label={rest.label}
        checked={value !== null}
        onChange={(event) => change(event.currentTarget.checked ? said(language) : null)}
      />
      {value !== null && <PromptField {...rest} value={value} change={change} />}
    </>
  );
}
