/** What belongs to a conversation: who has it, which team, how urgent, its tags. */
import { Combobox, Menu, TextInput, useCombobox } from "@mantine/core";
import { IconChevronsUp, IconFlag, IconPlus, IconUser, IconUsers, IconX } from "@tabler/icons-react";
import { type ReactNode, useState } from "react";
import { PRIORITIES } from "../api/filter";
import { usePeople, useSession, useTeams } from "../api/hooks";
import type { ConversationRow } from "../api/types";
import { useTranslation } from "../i18n";
import { IconButton } from "../ui/IconButton";
import { useChangeConversation } from "./changeConversation";
import classes from "./thread.module.css";

const NOBODY = "nobody";

export function Properties({ row, disabled }: { row: ConversationRow; disabled: boolean }) {
  const { t } = useTranslation();
  const people = usePeople();
  const teams = useTeams();
  const me = useSession().user;
  const { mutate } = useChangeConversation(row);
  const active = [...people.values()]
    .filter((user) => user.active)
    .toSorted((a, b) => (a.id === me.id ? -1 : b.id === me.id ? 1 : a.name.localeCompare(b.name)));
  const assignee = people.get(row.assignee_id ?? "");
  const team = teams.find((item) => item.id === row.team_id);
  return (
    <div className={classes.props}>
      <Choice
        icon={<IconUser size={15} aria-hidden />}
        label={t("thread.assignee")}
        shown={assignee?.name ?? t("thread.unassigned")}
        disabled={disabled}
        value={row.assignee_id ?? NOBODY}
        options={[
          { value: NOBODY, label: t("thread.unassigned") },
          ...active.map((user) => ({
            value: user.id,
            label: user.id === me.id ? t("thread.toMe", { name: user.name }) : user.name,
          })),
        ]}
        choose={(value) => mutate({ assignee_id: value === NOBODY ? null : value })}
      />
      {teams.length > 0 && (
        <Choice
          icon={<IconUsers size={15} aria-hidden />}
          label={t("thread.team")}
          shown={team?.name ?? t("thread.noTeam")}
          disabled={disabled}
          value={row.team_id ?? NOBODY}
          options={[
            { value: NOBODY, label: t("thread.noTeam") },
            ...teams.map((item) => ({ value: item.id, label: item.name })),
          ]}
          choose={(value) => mutate({ team_id: value === NOBODY ? null : value })}
        />
      )}
      <Menu position="bottom-start" disabled={disabled}>
        <Menu.Target>
          <button
            type="button"
            className={classes.prop}
            data-level={row.priority}
            aria-label={t("thread.priority", { priority: t(`priority.${row.priority}`) })}
          >
            {row.priority === "urgent" ? <IconChevronsUp size={15} aria-hidden /> : <IconFlag size={15} aria-hidden />}
            <span>{t(`priority.${row.priority}`)}</span>
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          {PRIORITIES.map((priority) => (
            <Menu.Item key={priority} fw={priority === row.priority ? 600 : 400} onClick={() => mutate({ priority })}>
              {t(`priority.${priority}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Tags tags={row.tags} disabled={disabled} change={(tags) => mutate({ tags })} />
    </div>
  );
}

interface ChoiceProps {
  icon: ReactNode;
  label: string;
  shown: string;
  value: string;
  disabled: boolean;
  options: readonly { value: string; label: string }[];
  choose: (value: string) => void;
}

/** A button that opens a searchable list. */
function Choice({ icon, label, shown, value, disabled, options, choose }: ChoiceProps) {
  const { t } = useTranslation();
  const [search, setSearch] = useState("");
  const box = useCombobox({
    onDropdownClose: () => {
      box.resetSelectedOption();
      setSearch("");
    },
    onDropdownOpen: () => box.focusSearchInput(),
  });
  const fitting = options.filter((option) =>
    option.label.toLocaleLowerCase().includes(search.trim().toLocaleLowerCase()),
  );
  return (
    <Combobox
      store={box}
      width={240}
      position="bottom-start"
      onOptionSubmit={(next) => {
        if (next !== value) choose(next);
        box.closeDropdown();
      }}
    >
      <Combobox.Target targetType="button" withAriaAttributes={false}>
        <button
          type="button"
          className={classes.prop}
          disabled={disabled}
          aria-haspopup="listbox"
          aria-expanded={box.dropdownOpened}
          aria-label={`${label}: ${shown}`}
          onClick={() => box.toggleDropdown()}
        >
          {icon}
          <span>{shown}</span>
        </button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          placeholder={label}
          aria-label={label}
        />
        <Combobox.Options mah={260} style={{ overflowY: "auto" }}>
          {fitting.length === 0 && <Combobox.Empty>{t("common.nothingFound")}</Combobox.Empty>}
          {fitting.map((option) => (
            <Combobox.Option key={option.value} value={option.value} active={option.value === value}>
              {option.label}
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

function Tags({
  tags,
  disabled,
  change,
}: {
  tags: readonly string[];
  disabled: boolean;
  change: (tags: string[]) => void;
}) {
  const { t } = useTranslation();
  const [writing, setWriting] = useState(false);
  const [text, setText] = useState("");
  const add = () => {
    const tag = text.trim();
    if (tag !== "" && !tags.includes(tag)) change([...tags, tag]);
    setText("");
    setWriting(false);
  };
  return (
    <>
      {tags.map((tag) => (
        <span key={tag} className={classes.tag}>
          <span>{tag}</span>
          {!disabled && (
            <IconButton
              size={18}
              label={t("thread.removeTag", { tag })}
              onClick={() => change(tags.filter((item) => item !== tag))}
            >
              <IconX size={12} />
            </IconButton>
          )}
        </span>
      ))}
      {!disabled && !writing && (
        <button type="button" className={classes.prop} onClick={() => setWriting(true)}>
          <IconPlus size={14} aria-hidden />
          <span>{t("thread.addTag")}</span>
        </button>
      )}
      {writing && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
        >
          <TextInput
            autoFocus
            size="xs"
            w={120}
            maxLength={50}
            aria-label={t("thread.addTag")}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            onBlur={add}
            onKeyDown={(event) => event.key === "Escape" && setWriting(false)}
          />
        </form>
      )}
    </>
  );
}
