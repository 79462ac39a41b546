/** Tries a rule on one conversation: whether it would act there now, which conditions do not hold, what it would do. */
import { Select } from "@mantine/core";
import { IconCheck, IconX } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { DEFAULT_FILTER, type InboxFilter, STATES } from "../api/filter";
import { inWords } from "../api/problem";
import { conversationsQuery } from "../api/queries";
import { useTranslation } from "../i18n";
import type { Kind } from "../macros/actions";
import { RowSkeletons } from "../ui/States";
import { sent } from "./queries";
import type { RuleBody } from "./rules";
import classes from "./rules.module.css";
import { useConditionWords } from "./useSentence";

/** The newest conversations in every state. */
const NEWEST: InboxFilter = { ...DEFAULT_FILTER, state: [...STATES], sort: "newest" };

export function TryHere({ body: said }: { body: RuleBody }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<string | null>(null);
  const rows = useInfiniteQuery(conversationsQuery(NEWEST)).data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className={classes.try} aria-label={t("rules.tryHere")}>
      <Select
        label={t("rules.tryHere")}
        description={t("rules.tryHereText")}
        placeholder={t("macros.choose")}
        nothingFoundMessage={t("common.nothingFound")}
        searchable
        value={chosen}
        onChange={setChosen}
        data={rows.map((row) => ({ value: row.id, label: `${row.contact_name} – ${row.last_preview.slice(0, 80)}` }))}
      />
      {chosen !== null && <Would conversationId={chosen} body={said} />}
    </section>
  );
}

function Would({ conversationId, body: said }: { conversationId: string; body: RuleBody }) {
  const { t } = useTranslation();
  const words = useConditionWords();
  const asked = useQuery({
    queryKey: ["rules", "try", conversationId, said],
    queryFn: ({ signal }) =>
      body(
        client.POST("/conversations/{conversation_id}/try-rule", {
          params: { path: { conversation_id: conversationId } },
          body: { body: sent(said) },
          signal,
        }),
      ),
    gcTime: 0,
    retry: false,
  });
  if (asked.isPending) return <RowSkeletons rows={2} />;
  if (asked.isError)
    return (
      <p role="alert" className={classes.bad}>
        {inWords(asked.error)}
      </p>
    );
  const { matches, failing, manners, actions } = asked.data;
  const does =
    actions.length === 0 ? t("rules.nothingToDo") : actions.map((kind) => t(`macros.kinds.${kind as Kind}`)).join(", ");
  return (
    <div role="status">
      <p>
        <strong>{matches ? t("rules.wouldAct", { actions: does }) : t("rules.wouldNotAct")}</strong>
      </p>
      <ul className={classes.held}>
        {said.conditions.map((condition, index) => {
          const holds = !failing.includes(index + 1);
          return (
            // oxlint-disable-next-line react/no-array-index-key -- a condition is its place in the list
            <li key={index} data-holds={holds}>
              {holds ? <IconCheck size={16} aria-hidden /> : <IconX size={16} aria-hidden />}
              <span>
                {words(condition)} · {holds ? t("rules.holds") : t("rules.holdsNot")}
              </span>
            </li>
          );
        })}
        {manners && (
          <li data-holds={false}>
            <IconX size={16} aria-hidden />
            <span>{t("rules.manners")}</span>
          </li>
        )}
      </ul>
    </div>
  );
}
