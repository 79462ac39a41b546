/** What a rule did and why it did not, and its versions, any of which can be the newest again. */
import { Button, Modal, Tabs } from "@mantine/core";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { body, client } from "../api/client";
import { useMay, usePeople } from "../api/hooks";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import type { Kind } from "../macros/actions";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import { toast } from "../ui/toast";
import { When } from "../ui/When";
import { logQuery, type Run, rulesKey, versionsQuery } from "./queries";
import type { Rule, RuleBody } from "./rules";
import classes from "./rules.module.css";
import { useSentence } from "./useSentence";

export function RuleLog({ rule, close }: { rule: Rule; close: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened onClose={close} size="lg" title={rule.name}>
      <Tabs defaultValue="log" keepMounted={false}>
        <Tabs.List mb="sm">
          <Tabs.Tab value="log">{t("rules.log")}</Tabs.Tab>
          <Tabs.Tab value="versions">{t("rules.versions")}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="log">
          <Log rule={rule} />
        </Tabs.Panel>
        <Tabs.Panel value="versions">
          <Versions rule={rule} close={close} />
        </Tabs.Panel>
      </Tabs>
    </Modal>
  );
}

function Log({ rule }: { rule: Rule }) {
  const { t } = useTranslation();
  const asked = useInfiniteQuery(logQuery(rule.id));
  const runs = asked.data?.pages.flatMap((page) => page.items) ?? [];
  if (asked.isPending) return <RowSkeletons rows={4} />;
  if (asked.isError) return <Broken error={asked.error} retry={() => void asked.refetch()} />;
  if (runs.length === 0) return <Empty title={t("rules.noRuns")} text={t("rules.noRunsText")} />;
  return (
    <>
      <ul className={classes.tried}>
        {runs.map((run) => (
          <li key={`${run.conversation_id} ${run.at} ${run.on}`}>
            <Link to="/inbox/$conversationId" params={{ conversationId: run.conversation_id }}>
              <When at={run.at} />
            </Link>
            <Outcome run={run} />
            {run.words !== "" && <small>{run.words}</small>}
          </li>
        ))}
      </ul>
      {asked.hasNextPage && (
        <Button variant="default" loading={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
          {t("rules.older")}
        </Button>
      )}
    </>
  );
}

function Outcome({ run }: { run: Run }) {
  const { t } = useTranslation();
  const done = run.done.map((kind) => t(`macros.kinds.${kind as Kind}`)).join(", ");
  return (
    <span data-outcome={run.outcome}>
      {t(`rules.outcomes.${run.outcome}`)}
      {done !== "" && `: ${done}`}
    </span>
  );
}

function Versions({ rule, close }: { rule: Rule; close: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const people = usePeople();
  const mayWrite = useMay("rules_write");
  const sentence = useSentence();
  const asked = useQuery(versionsQuery(rule.id));
  const back = useMutation({
    mutationFn: (version: number) =>
      body(client.POST("/rules/{rule_id}/roll-back", { params: { path: { rule_id: rule.id } }, body: { version } })),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: rulesKey });
      close();
    },
    onError: (error) => toast.failure(t("rules.notDone"), inWords(error)),
  });
  if (asked.isPending) return <RowSkeletons rows={3} />;
  if (asked.isError) return <Broken error={asked.error} retry={() => void asked.refetch()} />;
  return (
    <ol className={classes.tried}>
      {asked.data.map((one) => {
        const said = sentence(one.body as unknown as RuleBody);
        return (
          <li key={one.number}>
            <strong>
              {one.number}. {one.name}
            </strong>
            <span>
              {said.when} → {said.does}
            </span>
            <small>
              <When at={one.made_at} /> {one.made_by === null ? "" : (people.get(one.made_by)?.name ?? "")}
            </small>
            {mayWrite && one.number !== rule.version && (
              <Button
                size="compact-sm"
                variant="default"
                loading={back.isPending}
                onClick={() => back.mutate(one.number)}
              >
                {t("rules.rollBack")}
              </Button>
            )}
          </li>
        );
      })}
    </ol>
  );
}
