/** Writes a saved reply: its texts by language with variables, its shortcut, and the teams and channels it is for. */
import { Button, Group, MultiSelect, Select, Textarea, TextInput } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { flushSync } from "react-dom";
import { body, client } from "../api/client";
import { useChannels, useTeams } from "../api/hooks";
import { newId } from "../api/ids";
import { languageOptions } from "../bots/languages";
import { useTranslation } from "../i18n";
import { RecordModal } from "../ui/RecordModal";
import { IconButton } from "../ui/IconButton";
import { type SavedReply, savedKey } from "./queries";
import classes from "./saved.module.css";

/** As the hub knows them (`hub/domain/saved_replies.py`); a contact's own fields besides. */
const VARIABLES = [
  "contact.name",
  "contact.first_name",
  "contact.company",
  "contact.language",
  "agent.name",
  "agent.first_name",
  "conversation.subject",
  "channel.name",
  "team.name",
] as const;

type Wording = readonly [language: string, text: string];

export function SavedForm({ reply, close }: { reply: SavedReply | null; close: () => void }) {
  const { t, i18n } = useTranslation();
  const teams = useTeams();
  const channels = useChannels();
  const [id] = useState(() => reply?.id ?? newId());
  const [name, setName] = useState(reply?.name ?? "");
  const [shortcut, setShortcut] = useState(reply?.shortcut ?? "");
  const [texts, setTexts] = useState<readonly Wording[]>(
    reply === null ? [[i18n.language, ""]] : Object.entries(reply.texts),
  );
  const [teamIds, setTeamIds] = useState(reply?.team_ids ?? []);
  const [channelIds, setChannelIds] = useState(reply?.channel_ids ?? []);
  const params = { path: { reply_id: id } };
  const save = () => {
    const fields = {
      name,
      shortcut: shortcut.trim(),
      texts: Object.fromEntries(texts),
      team_ids: teamIds,
      channel_ids: channelIds,
    };
    return reply === null
      ? body(client.POST("/saved-replies", { body: { id, ...fields } }))
      : body(client.PUT("/saved-replies/{reply_id}", { params, body: fields }));
  };
  const remove = () => body(client.DELETE("/saved-replies/{reply_id}", { params }));
  return (
    <RecordModal
      isNew={reply === null}
      words={{
        add: t("saved.add"),
        edit: t("saved.edit"),
        remove: t("saved.remove"),
        removeText: t("saved.removeText"),
      }}
      save={save}
      remove={remove}
      listKey={savedKey}
      close={close}
    >
      <Group grow align="flex-start">
        <TextInput
          label={t("saved.name")}
          required
          maxLength={100}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t("saved.shortcut")}
          description={t("saved.shortcutText")}
          inputWrapperOrder={["label", "input", "description"]}
          leftSection="/"
          maxLength={40}
          value={shortcut}
          onChange={(event) => setShortcut(event.currentTarget.value)}
        />
      </Group>
      <Texts texts={texts} setTexts={setTexts} />
      <Group grow align="flex-start">
        <MultiSelect
          label={t("saved.teams")}
          placeholder={teamIds.length === 0 ? t("saved.all") : ""}
          data={teams.map((team) => ({ value: team.id, label: team.name }))}
          value={teamIds}
          onChange={setTeamIds}
          searchable
          clearable
        />
        <MultiSelect
          label={t("saved.channels")}
          placeholder={channelIds.length === 0 ? t("saved.all") : ""}
          data={[...channels.values()].map((channel) => ({ value: channel.id, label: channel.name }))}
          value={channelIds}
          onChange={setChannelIds}
          searchable
          clearable
        />
      </Group>
    </RecordModal>
  );
}

/** One field for each language; variables go where one wrote last. */
function Texts({ texts, setTexts }: { texts: readonly Wording[]; setTexts: (texts: readonly Wording[]) => void }) {
  const { t, i18n } = useTranslation();
  const fields = useRef<(HTMLTextAreaElement | null)[]>([]);
  const last = useRef(0);
  const options = languageOptions(i18n.language);
  const taken = new Set(texts.map(([language]) => language));
  const free = options.find((option) => !taken.has(option.value));
  const put = (index: number, wording: Wording) => setTexts(texts.with(index, wording));
  const insert = (variable: string) => {
    const at = Math.min(last.current, texts.length - 1);
    const [language, text] = texts[at] ?? ["", ""];
    const field = fields.current[at];
    const start = field?.selectionStart ?? text.length;
    const words = `{{ ${variable} }}`;
    flushSync(() => put(at, [language, text.slice(0, start) + words + text.slice(field?.selectionEnd ?? start)]));
    field?.focus();
    field?.setSelectionRange(start + words.length, start + words.length);
  };
  return (
    <>
      {texts.map(([language, text], index) => (
        <div key={language} className={classes.text}>
          <div className={classes.textHead}>
            <Select
              aria-label={t("saved.language")}
              allowDeselect={false}
              searchable
              value={language}
              onChange={(value) => value !== null && put(index, [value, text])}
              data={languageOptions(i18n.language, language).filter(
                (option) => option.value === language || !taken.has(option.value),
              )}
            />
            {texts.length > 1 && (
              <IconButton label={t("saved.removeLanguage")} onClick={() => setTexts(texts.toSpliced(index, 1))}>
                <IconTrash size={16} />
              </IconButton>
            )}
          </div>
          <Textarea
            ref={(field) => {
              fields.current[index] = field;
            }}
            aria-label={t("saved.textIn", {
              language: options.find((one) => one.value === language)?.label ?? language,
            })}
            required
            autosize
            minRows={4}
            maxRows={14}
            maxLength={10_000}
            value={text}
            onFocus={() => {
              last.current = index;
            }}
            onChange={(event) => put(index, [language, event.currentTarget.value])}
          />
        </div>
      ))}
      {free !== undefined && (
        <Group>
          <Button variant="default" size="compact-md" onClick={() => setTexts([...texts, [free.value, ""]])}>
            {t("saved.addLanguage")}
          </Button>
        </Group>
      )}
      <div>
        <p className={classes.quiet}>{t("saved.variables")}</p>
        <div className={classes.variables}>
          {VARIABLES.map((variable) => (
            <button key={variable} type="button" onClick={() => insert(variable)}>
              {variable}
            </button>
          ))}
        </div>
      </div>
    </>
  );
}
