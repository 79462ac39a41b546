/** The templates a survey asks with where a channel's reply window is shut: one of each channel that has such a window. */
import { Select, Stack } from "@mantine/core";
import { useQueries, useQuery } from "@tanstack/react-query";
import { useChannels } from "../api/hooks";
import { connectorsQuery } from "../api/queries";
import type { Template } from "../api/types";
import { useTranslation } from "../i18n";
import { templatesQuery } from "../inbox/template/templatesQuery";
import type { Survey } from "./queries";
import classes from "./survey.module.css";

interface TemplatesProps {
  survey: Pick<Survey, "channel_ids" | "templates">;
  change: (templates: Survey["templates"]) => void;
}

export function Templates({ survey, change }: TemplatesProps) {
  const { t } = useTranslation();
  const connectors = useQuery(connectorsQuery).data ?? [];
  const windowed = new Set(connectors.filter((one) => one.capabilities.templates).map((one) => one.key));
  const channels = [...useChannels().values()].filter(
    (one) => windowed.has(one.connector) && (survey.channel_ids.length === 0 || survey.channel_ids.includes(one.id)),
  );
  const found = useQueries({ queries: channels.map((one) => templatesQuery(one.id)) });
  if (channels.length === 0) return null;
  const put = (channel: string, key: string | null) => {
    const { [channel]: _before, ...others } = survey.templates;
    change(key === null ? others : { ...others, [channel]: key });
  };
  return (
    <Stack gap="xs">
      <p className={classes.quiet}>{t("survey.templatesText")}</p>
      {channels.map((channel, index) => (
        <Select
          key={channel.id}
          label={t("survey.template", { channel: channel.name })}
          placeholder={t("survey.noTemplate")}
          nothingFoundMessage={t("survey.noneAskable")}
          searchable
          clearable
          disabled={found[index]?.isPending === true}
          value={survey.templates[channel.id] ?? null}
          data={(found[index]?.data?.items ?? [])
            .filter((one) => askable(one) || one.key === survey.templates[channel.id])
            .map((one) => ({ value: one.key, label: `${one.name} (${one.language}): ${one.body.slice(0, 80)}` }))}
          onChange={(key) => put(channel.id, key)}
        />
      ))}
    </Stack>
  );
}

/** The same rule as hub/services/surveys/keeping.py: the hub can fill it in, with nothing or the customer's name. */
function askable(template: Template): boolean {
  return (
    template.state === "approved" && template.fields.length <= 1 && template.fields.every((one) => one.kind === "text")
  );
}
