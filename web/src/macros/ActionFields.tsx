/** What one action needs: whom, which, what words. */
import { Group, MultiSelect, NumberInput, Select, Stack, Switch, TagsInput, Textarea } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { body, client } from "../api/client";
import { PRIORITIES } from "../api/filter";
import { usePeople, useTeams } from "../api/hooks";
import { languageName, languageOptions } from "../bots/languages";
import { flowsQuery } from "../bots/queries";
import { useTranslation } from "../i18n";
import { savedQuery } from "../saved/queries";
import { IconButton } from "../ui/IconButton";
import type { Action } from "./actions";

const STATES = ["open", "pending", "snoozed", "resolved"] as const;
const NOBODY = "";

interface FieldsProps<One extends Action = Action> {
  action: One;
  change: (action: Action) => void;
}

export function ActionFields({ action, change }: FieldsProps) {
  switch (action.do) {
    case "assign":
      return <Assign action={action} change={change} />;
    case "assign_team":
      return <Team action={action} change={change} />;
    case "tag":
      return <Tags action={action} change={change} />;
    case "set_priority":
    case "set_state":
      return <Standing action={action} change={change} />;
    case "note":
      return <Words text={action.text} change={(text) => change({ ...action, text })} />;
    case "reply":
      return <Reply action={action} change={change} />;
    case "notify":
      return <Notify action={action} change={change} />;
    case "saved_reply":
    case "start_bot":
    case "call_hook":
      return <Chosen action={action} change={change} />;
    case "stop_bot":
      return null;
  }
}

type Of<Kind extends Action["do"]> = FieldsProps<Extract<Action, { do: Kind }>>;

function Assign({ action, change }: Of<"assign">) {
  const { t } = useTranslation();
  const people = [...usePeople().values()].filter((one) => one.active);
  return (
    <Select
      aria-label={t("macros.person")}
      allowDeselect={false}
      searchable
      value={action.user_id ?? NOBODY}
      data={[
        { value: NOBODY, label: t("macros.nobody") },
        ...people.map((one) => ({ value: one.id, label: one.name })),
      ]}
      onChange={(value) => change({ ...action, user_id: value === NOBODY ? null : value })}
    />
  );
}

function Team({ action, change }: Of<"assign_team">) {
  const { t } = useTranslation();
  const teams = useTeams();
  return (
    <Stack gap="xs">
      <Select
        aria-label={t("macros.team")}
        allowDeselect={false}
        value={action.team_id ?? NOBODY}
        data={[
          { value: NOBODY, label: t("macros.noTeam") },
          ...teams.map((one) => ({ value: one.id, label: one.name })),
        ]}
        onChange={(value) => change({ ...action, team_id: value === NOBODY ? null : value })}
      />
      <Switch
        label={t("macros.queue")}
        checked={action.queue === true}
        onChange={(event) => change({ ...action, queue: event.currentTarget.checked })}
      />
    </Stack>
  );
}

function Tags({ action, change }: Of<"tag">) {
  const { t } = useTranslation();
  return (
    <Group grow align="flex-start">
      <TagsInput label={t("macros.tagsAdd")} value={action.add} onChange={(add) => change({ ...action, add })} />
      <TagsInput
        label={t("macros.tagsRemove")}
        value={action.remove}
        onChange={(remove) => change({ ...action, remove })}
      />
    </Group>
  );
}

function Standing({ action, change }: Of<"set_priority" | "set_state">) {
  const { t } = useTranslation();
  if (action.do === "set_priority")
    return (
      <Select
        aria-label={t("macros.kinds.set_priority")}
        allowDeselect={false}
        value={action.priority}
        data={PRIORITIES.map((value) => ({ value, label: t(`priority.${value}`) }))}
        onChange={(value) => change({ ...action, priority: PRIORITIES.find((one) => one === value) ?? "normal" })}
      />
    );
  return (
    <Group grow align="flex-start">
      <Select
        aria-label={t("macros.kinds.set_state")}
        allowDeselect={false}
        value={action.state}
        data={STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
        onChange={(value) => change({ do: "set_state", state: STATES.find((one) => one === value) ?? "open" })}
      />
      {action.state === "snoozed" && (
        <NumberInput
          aria-label={t("macros.minutes")}
          placeholder={t("macros.minutes")}
          min={1}
          max={527_040}
          value={action.minutes ?? ""}
          onChange={(value) =>
            change({ ...action, minutes: value === "" ? null : Math.max(1, Math.round(Number(value))) })
          }
        />
      )}
    </Group>
  );
}

function Words({ text, change, label }: { text: string; change: (text: string) => void; label?: string }) {
  const { t } = useTranslation();
  return (
    <Textarea
      aria-label={label ?? t("macros.text")}
      placeholder={t("macros.textHint", { example: "{{ contact.first_name }}" })}
      autosize
      minRows={2}
      maxRows={10}
      maxLength={10_000}
      value={text}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}

function Reply({ action, change }: Of<"reply">) {
  const { t, i18n } = useTranslation();
  const free = languageOptions(i18n.language).filter(({ value }) => action.texts[value] === undefined);
  const languages = Object.keys(action.texts);
  return (
    <Stack gap="xs">
      {languages.map((language) => (
        <Group key={language} wrap="nowrap" align="flex-start" gap="xs">
          <div style={{ flex: 1 }}>
            <Words
              label={t("macros.textIn", { language: languageName(language, i18n.language) })}
              text={action.texts[language] ?? ""}
              change={(text) => change({ ...action, texts: { ...action.texts, [language]: text } })}
            />
          </div>
          {languages.length > 1 && (
            <IconButton
              label={t("macros.takeLanguage", { language: languageName(language, i18n.language) })}
              onClick={() =>
                change({
                  ...action,
                  texts: Object.fromEntries(Object.entries(action.texts).filter(([one]) => one !== language)),
                })
              }
            >
              <IconTrash size={16} />
            </IconButton>
          )}
        </Group>
      ))}
      <Select
        aria-label={t("macros.addLanguage")}
        placeholder={t("macros.addLanguage")}
        searchable
        value={null}
        data={free}
        onChange={(value) => value !== null && change({ ...action, texts: { ...action.texts, [value]: "" } })}
      />
    </Stack>
  );
}

function Notify({ action, change }: Of<"notify">) {
  const { t } = useTranslation();
  const people = [...usePeople().values()].filter((one) => one.active);
  const teams = useTeams();
  return (
    <Stack gap="xs">
      <Switch
        label={t("macros.assignee")}
        checked={action.assignee}
        onChange={(event) => change({ ...action, assignee: event.currentTarget.checked })}
      />
      <Group grow align="flex-start">
        <MultiSelect
          label={t("macros.people")}
          data={people.map((one) => ({ value: one.id, label: one.name }))}
          value={action.user_ids}
          onChange={(user_ids) => change({ ...action, user_ids })}
          searchable
        />
        <MultiSelect
          label={t("macros.teamsOf")}
          data={teams.map((one) => ({ value: one.id, label: one.name }))}
          value={action.team_ids}
          onChange={(team_ids) => change({ ...action, team_ids })}
          searchable
        />
      </Group>
      <Words text={action.text} change={(text) => change({ ...action, text })} />
    </Stack>
  );
}

/** One of what there is: a saved reply, a bot, a webhook. */
function Chosen({ action, change }: Of<"saved_reply" | "start_bot" | "call_hook">) {
  const { t } = useTranslation();
  const saved = useQuery({ ...savedQuery, enabled: action.do === "saved_reply" }).data ?? [];
  const flows = useQuery({ ...flowsQuery, enabled: action.do === "start_bot" }).data ?? [];
  const hooks =
    useQuery({
      queryKey: ["hooks"],
      queryFn: ({ signal }) => body(client.GET("/hooks", { signal })),
      enabled: action.do === "call_hook",
    }).data ?? [];
  const [value, data] =
    action.do === "saved_reply"
      ? [action.saved_reply_id, saved.map((one) => ({ value: one.id, label: one.name }))]
      : action.do === "start_bot"
        ? [action.flow_id, flows.map((one) => ({ value: one.id, label: one.name }))]
        : [action.hook_id, hooks.map((one) => ({ value: one.id, label: one.url }))];
  const choose = (id: string) => {
    if (action.do === "saved_reply") change({ ...action, saved_reply_id: id });
    else if (action.do === "start_bot") change({ ...action, flow_id: id });
    else change({ ...action, hook_id: id });
  };
  return (
    <Select
      aria-label={t(`macros.kinds.${action.do}`)}
      placeholder={t("macros.choose")}
      searchable
      nothingFoundMessage={t("common.nothingFound")}
      value={value === "" ? null : value}
      data={data}
      onChange={(id) => id !== null && choose(id)}
    />
  );
}
