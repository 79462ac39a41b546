/** Rules: what the hub does by itself, in order, switched on and off, with what each did. */
import { Button, Menu, Switch } from "@mantine/core";
import {
  IconArrowDown,
  IconArrowUp,
  IconArrowsSplit2,
  IconGripVertical,
  IconHistory,
  IconPlus,
} from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { useMay } from "../api/hooks";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { PageHead } from "../settings/PageHead";
import settings from "../settings/settings.module.css";
import { IconButton } from "../ui/IconButton";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import { toast } from "../ui/toast";
import { When } from "../ui/When";
import { rulesKey, rulesQuery } from "./queries";
import { RuleForm } from "./RuleForm";
import { RuleLog } from "./RuleLog";
import { begin, moved, type Ready, type Rule, type RuleBody } from "./rules";
import classes from "./rules.module.css";
import { useSentence } from "./useSentence";

const READY = ["away", "escalation", "blank"] as const satisfies readonly Ready[];

interface Editing {
  rule: Rule | null;
  name: string;
  body: RuleBody;
}

export default function Rules() {
  const { t, i18n } = useTranslation();
  const found = useQuery(rulesQuery);
  const mayWrite = useMay("rules_write");
  const [editing, setEditing] = useState<Editing | null>(null);
  const [reading, setReading] = useState<Rule | null>(null);
  const all = found.data ?? [];
  const add = mayWrite && (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button leftSection={<IconPlus size={16} />}>{t("rules.add")}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {READY.map((ready) => (
          <Menu.Item
            key={ready}
            onClick={() =>
              setEditing({
                rule: null,
                name: ready === "blank" ? "" : t(`rules.ready.${ready}`),
                body: begin(
                  ready,
                  i18n.language,
                  ready === "blank" ? "" : t(`rules.readyText.${ready}`, { variable: "{{ contact.name }}" }),
                ),
              })
            }
          >
            {t(`rules.ready.${ready}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
  return (
    <>
      <PageHead title={t("settings.rules.title")} text={t("settings.rules.text")} action={all.length > 0 && add} />
      <div className={settings.content}>
        {found.isPending && <RowSkeletons rows={4} />}
        {found.isError && <Broken error={found.error} retry={() => void found.refetch()} />}
        {found.isSuccess && all.length === 0 && (
          <Empty
            icon={<IconArrowsSplit2 size={28} stroke={1.4} />}
            title={t("rules.none")}
            text={t("rules.noneText")}
            action={add}
          />
        )}
        {all.length > 0 && (
          <List
            rules={all}
            edit={mayWrite ? (rule) => setEditing({ rule, name: rule.name, body: rule.body }) : undefined}
            read={setReading}
          />
        )}
      </div>
      {editing !== null && <RuleForm {...editing} close={() => setEditing(null)} />}
      {reading !== null && <RuleLog rule={reading} close={() => setReading(null)} />}
    </>
  );
}

interface ListProps {
  rules: readonly Rule[];
  edit: ((rule: Rule) => void) | undefined;
  read: (rule: Rule) => void;
}

function List({ rules, edit, read }: ListProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [dragged, setDragged] = useState<number | null>(null);
  const order = useMutation({
    mutationFn: (next: readonly Rule[]) =>
      body(client.PUT("/rules/order", { body: { ids: next.map((rule) => rule.id) } })),
    onMutate: (next) => queries.setQueryData(rulesQuery.queryKey, next),
    onError: (error) => toast.failure(t("rules.notDone"), inWords(error)),
    onSettled: () => queries.invalidateQueries({ queryKey: rulesKey }),
  });
  const move = (from: number, to: number) => order.mutate(moved(rules, from, to));
  return (
    <ol className={classes.rows}>
      {rules.map((rule, at) => (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the buttons beside do the same
        <li
          key={rule.id}
          draggable={edit !== undefined}
          data-dragged={dragged === at || undefined}
          onDragStart={() => setDragged(at)}
          onDragEnd={() => setDragged(null)}
          onDragOver={(event) => event.preventDefault()}
          onDrop={() => {
            if (dragged !== null && dragged !== at) move(dragged, at);
          }}
        >
          {edit !== undefined && <IconGripVertical className={classes.grip} size={16} aria-hidden />}
          <Row rule={rule} edit={edit} />
          <span className={classes.hands}>
            {edit !== undefined && (
              <>
                <IconButton
                  variant="subtle"
                  label={t("rules.up", { name: rule.name })}
                  disabled={at === 0}
                  onClick={() => move(at, at - 1)}
                >
                  <IconArrowUp size={16} />
                </IconButton>
                <IconButton
                  variant="subtle"
                  label={t("rules.down", { name: rule.name })}
                  disabled={at === rules.length - 1}
                  onClick={() => move(at, at + 1)}
                >
                  <IconArrowDown size={16} />
                </IconButton>
              </>
            )}
            <IconButton variant="subtle" label={t("rules.logOf", { name: rule.name })} onClick={() => read(rule)}>
              <IconHistory size={16} />
            </IconButton>
            <OnOff rule={rule} may={edit !== undefined} />
          </span>
        </li>
      ))}
    </ol>
  );
}

function Row({ rule, edit }: { rule: Rule; edit: ((rule: Rule) => void) | undefined }) {
  const { t } = useTranslation();
  const sentence = useSentence()(rule.body);
  return (
    <div className={classes.row}>
      {edit === undefined ? (
        <strong>{rule.name}</strong>
      ) : (
        <button type="button" onClick={() => edit(rule)}>
          {rule.name}
        </button>
      )}
      <p>
        {sentence.when}
        {sentence.if !== "" && <> · {t("rules.if", { conditions: sentence.if })}</>} → {sentence.does}
      </p>
      {rule.paused !== "" && <p className={classes.bad}>{t("rules.paused", { why: rule.paused })}</p>}
      <small>
        {t("rules.ran", { count: rule.ran })}
        {rule.failed > 0 && <span className={classes.bad}> · {t("rules.failed", { count: rule.failed })}</span>}
        {rule.last_run_at !== null && (
          <>
            {" · "}
            <When at={rule.last_run_at} />
          </>
        )}
      </small>
    </div>
  );
}

function OnOff({ rule, may }: { rule: Rule; may: boolean }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const turn = useMutation({
    mutationFn: (active: boolean) =>
      body(client.POST("/rules/{rule_id}/switch", { params: { path: { rule_id: rule.id } }, body: { active } })),
    onError: (error) => toast.failure(t("rules.notDone"), inWords(error)),
    onSettled: () => queries.invalidateQueries({ queryKey: rulesKey }),
  });
  return (
    <Switch
      aria-label={t("rules.on_off", { name: rule.name })}
      checked={turn.isPending ? turn.variables : rule.active}
      disabled={!may}
      onChange={(event) => turn.mutate(event.currentTarget.checked)}
    />
  );
}
