/** Help of the assistant while one writes: its words stand in the field, marked, until a person sends them. */
import { Button, Menu, Modal } from "@mantine/core";
import { IconSparkles } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { inWords } from "../api/problem";
import { contactQuery } from "../api/queries";
import type { components } from "../api/schema";
import type { ConversationRow } from "../api/types";
import { useTranslation } from "../i18n";
import { NOTHING, useComposer, type Writing, writingNow } from "../inbox/composerStore";
import { IconButton } from "../ui/IconButton";
import { toast } from "../ui/toast";
import { assistantQuery } from "./assistantQueries";
import classes from "./bots.module.css";
import { languageOptions } from "./languages";

type Help = components["schemas"]["HelpView"];
type Wanted = { task: "draft" | "shorten" | "translate" | "summarise"; language?: string };

/** Wishes for a draft are at most this long. */
const WISHES = 1000;

export default function Copilot({ row, mayAsk }: { row: ConversationRow; mayAsk: boolean }) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const state = useQuery({ ...assistantQuery, enabled: mayAsk }).data;
  const writing = useComposer((composer) => composer.writing[row.id]) ?? NOTHING;
  const change = useComposer((composer) => composer.change);
  const [before, setBefore] = useState<Writing | null>(null);
  const [sources, setSources] = useState<Help["sources"]>([]);
  const [summary, setSummary] = useState<Help | null>(null);

  const put = (help: Help, more: Partial<Writing>) => {
    setBefore(writingNow(row.id));
    setSources(help.sources);
    change(row.id, { text: help.text, assistantCall: help.call_id, ...more });
  };
  const ask = useMutation({
    mutationFn: async ({ task, language }: Wanted) => {
      const words = writingNow(row.id).text;
      const spoken = task === "draft" ? await customersLanguage() : language;
      return body(
        client.POST("/assistant/help", {
          body: {
            task,
            conversation_id: row.id,
            ...(task === "shorten" || task === "translate" ? { text: words } : {}),
            ...(task === "draft" ? { wishes: words.slice(0, WISHES) } : {}),
            ...(spoken === undefined ? {} : { language: spoken }),
          },
        }),
      );
    },
    onSuccess: (help) => (help.task === "summarise" ? setSummary(help) : put(help, {})),
    onError: (error) => toast.failure(t("bots.copilot.failed"), inWords(error)),
  });
  /** What the customer is known to speak; without it, the assistant writes in the agent's language. */
  const customersLanguage = async () => {
    const { language } = await queries.ensureQueryData(contactQuery(row.contact_id));
    return /^[a-z]{2}/.exec(language)?.[0];
  };

  const on = mayAsk && state?.enabled === true;
  const empty = writing.text.trim() === "";
  return (
    <>
      {on && (
        <Menu position="top-start" withinPortal>
          <Menu.Target>
            <IconButton label={t("bots.copilot.menu")} loading={ask.isPending}>
              <IconSparkles size={18} stroke={1.6} />
            </IconButton>
          </Menu.Target>
          <Menu.Dropdown>
            {!writing.note && (
              <Menu.Item onClick={() => ask.mutate({ task: "draft" })}>
                {empty ? t("bots.copilot.draft") : t("bots.copilot.draftFrom")}
              </Menu.Item>
            )}
            <Menu.Item disabled={empty} onClick={() => ask.mutate({ task: "shorten" })}>
              {t("bots.copilot.shorten")}
            </Menu.Item>
            <Menu.Sub>
              <Menu.Sub.Target>
                <Menu.Sub.Item disabled={empty}>{t("bots.copilot.translate")}</Menu.Sub.Item>
              </Menu.Sub.Target>
              <Menu.Sub.Dropdown mah={280} style={{ overflowY: "auto" }}>
                {languageOptions(i18n.language).map((language) => (
                  <Menu.Item
                    key={language.value}
                    onClick={() => ask.mutate({ task: "translate", language: language.value })}
                  >
                    {language.label}
                  </Menu.Item>
                ))}
              </Menu.Sub.Dropdown>
            </Menu.Sub>
            <Menu.Item onClick={() => ask.mutate({ task: "summarise" })}>{t("bots.copilot.summarise")}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      {writing.assistantCall !== null && (
        <p className={classes.ai} role="status">
          <IconSparkles size={14} stroke={1.7} aria-hidden />
          <span>
            {t("bots.copilot.mark")}
            {sources.length > 0 && <Sources sources={sources} />}
          </span>
          {before !== null && (
            <Button
              size="compact-sm"
              variant="subtle"
              onClick={() => {
                change(row.id, { text: before.text, note: before.note, assistantCall: before.assistantCall });
                setBefore(null);
                setSources([]);
              }}
            >
              {t("bots.copilot.undo")}
            </Button>
          )}
        </p>
      )}
      {summary !== null && (
        <Modal opened onClose={() => setSummary(null)} title={t("bots.copilot.summary")}>
          <p className={classes.aiText}>{summary.text}</p>
          <p className={classes.quiet}>{t("bots.copilot.byAi", { model: summary.model })}</p>
          <Button
            data-autofocus
            onClick={() => {
              put(summary, { note: true });
              setSummary(null);
            }}
          >
            {t("bots.copilot.toNote")}
          </Button>
        </Modal>
      )}
    </>
  );
}

function Sources({ sources }: { sources: Help["sources"] }) {
  const { t } = useTranslation();
  return (
    <>
      {" "}
      {t("bots.copilot.sources")}{" "}
      {sources.map((source, index) => (
        <span key={source.id}>
          {index > 0 && ", "}
          {/^https?:\/\//.test(source.source) ? (
            <a href={source.source} target="_blank" rel="noreferrer">
              {source.title}
            </a>
          ) : (
            source.title
          )}
        </span>
      ))}
    </>
  );
}
