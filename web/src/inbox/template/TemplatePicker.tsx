/** Choosing a template: those of the channel, and beside them the chosen one as a form with its preview. */
import { Badge, Button, Loader, Select, Switch, TextInput } from "@mantine/core";
import { IconArrowLeft, IconRefresh, IconSearch, IconTemplate } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../../api/client";
import { inWords } from "../../api/problem";
import type { Capabilities, Template, Templates } from "../../api/types";
import { useTranslation } from "../../i18n";
import { IconButton } from "../../ui/IconButton";
import { Broken, Empty, RowSkeletons } from "../../ui/States";
import { toast } from "../../ui/toast";
import { When } from "../../ui/When";
import classes from "./template.module.css";
import { type Chosen, TemplateForm } from "./TemplateForm";
import { EVERYTHING, filledIn, found, languageName } from "./templates";
import { templatesQuery } from "./templatesQuery";

interface TemplatePickerProps {
  channelId: string;
  capabilities: Capabilities;
  /** Sends it; rejects with what is to be said in words. */
  submit: (chosen: Chosen) => Promise<unknown>;
  /** Something else is still missing: to whom it goes. */
  blocked?: boolean;
  /** Nothing else comes first: the search has the focus. */
  first?: boolean;
}

export function TemplatePicker(props: TemplatePickerProps) {
  const { channelId, capabilities, submit, blocked = false, first = false } = props;
  const { t } = useTranslation();
  const templates = useQuery(templatesQuery(channelId));
  const [chosen, setChosen] = useState<Template | null>(null);
  if (templates.isPending) return <RowSkeletons rows={4} />;
  if (templates.isError) return <Broken error={templates.error} retry={() => void templates.refetch()} />;
  return (
    <div className={classes.picker} data-chosen={chosen !== null || undefined}>
      <TemplateList view={templates.data} channelId={channelId} chosen={chosen} choose={setChosen} first={first} />
      <div className={classes.chosen}>
        {chosen === null ? (
          <Empty
            icon={<IconTemplate size={28} stroke={1.4} />}
            title={t("template.none")}
            text={t("template.noneText")}
          />
        ) : (
          <>
            <Button
              className={classes.backToList ?? ""}
              variant="subtle"
              color="gray"
              size="compact-md"
              leftSection={<IconArrowLeft size={16} />}
              onClick={() => setChosen(null)}
            >
              {t("template.others")}
            </Button>
            <TemplateForm
              key={chosen.key}
              template={chosen}
              capabilities={capabilities}
              submit={submit}
              blocked={blocked}
            />
          </>
        )}
      </div>
    </div>
  );
}

interface TemplateListProps {
  view: Templates;
  channelId: string;
  chosen: Template | null;
  choose: (template: Template) => void;
  first: boolean;
}

function TemplateList({ view, channelId, chosen, choose, first }: TemplateListProps) {
  const { t, i18n } = useTranslation();
  const [filter, setFilter] = useState(EVERYTHING);
  const { items } = view;
  const languages = [...new Set(items.map((item) => item.language))];
  const categories = [...new Set(items.map((item) => item.category))].filter(Boolean);
  const unsendable = items.some((item) => item.state !== "approved");
  const shown = found(items, filter);
  return (
    <div className={classes.side}>
      <div className={classes.filters}>
        <TextInput
          autoFocus={first}
          aria-label={t("template.search")}
          placeholder={t("template.search")}
          leftSection={<IconSearch size={15} />}
          value={filter.search}
          onChange={(event) => setFilter({ ...filter, search: event.currentTarget.value })}
        />
        <Refresh channelId={channelId} />
        {languages.length > 1 && (
          <Select
            aria-label={t("template.language")}
            placeholder={t("template.anyLanguage")}
            clearable
            data={languages.map((code) => ({ value: code, label: languageName(code, i18n.language) }))}
            value={filter.language || null}
            onChange={(language) => setFilter({ ...filter, language: language ?? "" })}
          />
        )}
        {categories.length > 1 && (
          <Select
            aria-label={t("template.category")}
            placeholder={t("template.anyCategory")}
            clearable
            data={categories.map((name) => ({ value: name, label: name.toLocaleLowerCase().replaceAll("_", " ") }))}
            value={filter.category || null}
            onChange={(category) => setFilter({ ...filter, category: category ?? "" })}
          />
        )}
        {unsendable && (
          <Switch
            className={classes.wide ?? ""}
            label={t("template.showAll")}
            checked={filter.all}
            onChange={(event) => setFilter({ ...filter, all: event.currentTarget.checked })}
          />
        )}
      </div>
      {view.problem !== "" && (
        <p className={classes.problem} role="status">
          {view.problem}
        </p>
      )}
      {shown.length === 0 && (
        <Empty
          title={items.length === 0 ? t("template.empty") : t("common.nothingFound")}
          text={items.length === 0 ? t("template.emptyText") : t("list.emptyFilteredText")}
        />
      )}
      <ul className={classes.list}>
        {shown.map((item) => (
          <li key={item.key}>
            <button
              type="button"
              className={classes.item}
              aria-pressed={item.key === chosen?.key}
              onClick={() => choose(item)}
            >
              <span className={classes.itemName}>{item.name.replaceAll("_", " ")}</span>
              <span className={classes.itemWords}>{filledIn(item.body, {})}</span>
              <span className={classes.itemMarks}>
                {languageName(item.language, i18n.language)}
                {item.category !== "" && ` · ${item.category.toLocaleLowerCase().replaceAll("_", " ")}`}
                {item.state !== "approved" && (
                  <Badge variant="light" color={item.state === "pending" ? "yellow" : "red"}>
                    {t(`template.state.${item.state}`)}
                  </Badge>
                )}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {view.synced_at !== null && (
        <p className={classes.synced}>
          {t("template.synced")} <When at={view.synced_at} as="ago" />
        </p>
      )}
    </div>
  );
}

/** Reads the templates from the provider now. */
function Refresh({ channelId }: { channelId: string }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const refresh = useMutation({
    mutationFn: () =>
      body(client.POST("/channels/{channel_id}/templates/refresh", { params: { path: { channel_id: channelId } } })),
    onSuccess: (view) => {
      queries.setQueryData(templatesQuery(channelId).queryKey, view);
      if (view.problem === "") toast.done(t("template.refreshed", { count: view.items.length }));
    },
    onError: (error) => toast.failure(t("template.notRefreshed"), inWords(error)),
  });
  return (
    <IconButton
      variant="default"
      label={t("template.refresh")}
      disabled={refresh.isPending}
      onClick={() => refresh.mutate()}
    >
      {refresh.isPending ? <Loader size={14} /> : <IconRefresh size={17} stroke={1.6} />}
    </IconButton>
  );
}
