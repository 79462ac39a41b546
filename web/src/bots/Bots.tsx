/** Bots: the flows that greet and ask, which messages wake them, and a way to try one as a customer. */
import { Button, FileButton, Menu } from "@mantine/core";
import { IconChevronDown, IconRobot } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { body, client } from "../api/client";
import { useMay } from "../api/hooks";
import { newId } from "../api/ids";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { PageHead } from "../settings/PageHead";
import settings from "../settings/settings.module.css";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import { toast } from "../ui/toast";
import { When } from "../ui/When";
import classes from "./bots.module.css";
import { FlowPage } from "./FlowPage";
import { flowsQuery, startersQuery } from "./queries";
import { Rules } from "./Rules";

export default function Bots() {
  const { itemId } = useParams({ strict: false });
  return itemId === undefined ? <List /> : <FlowPage id={itemId} key={itemId} />;
}

function List() {
  const { t } = useTranslation();
  const flows = useQuery(flowsQuery);
  const mayWrite = useMay("bots_write");
  return (
    <>
      <PageHead title={t("settings.bots.title")} text={t("settings.bots.text")} action={mayWrite && <Add />} />
      <div className={settings.content}>
        {flows.isPending && <RowSkeletons rows={3} />}
        {flows.isError && <Broken error={flows.error} retry={() => void flows.refetch()} />}
        {flows.data?.length === 0 && (
          <Empty icon={<IconRobot size={28} stroke={1.4} />} title={t("bots.none")} text={t("bots.noneText")} />
        )}
        <ul className={classes.flows}>
          {flows.data?.map((flow) => (
            <li key={flow.id}>
              <Link to="/settings/$section/$itemId" params={{ section: "bots", itemId: flow.id }}>
                <strong>{flow.name}</strong>
                <span>{flow.description}</span>
                <small>
                  {t("bots.steps", { count: flow.steps })} · {flow.languages.join(", ")} ·{" "}
                  <When at={flow.updated_at} as="ago" />
                </small>
              </Link>
              <span className={classes.state} data-on={flow.published !== null || undefined}>
                {flow.published === null ? t("bots.draft") : t("bots.atWork", { version: flow.published })}
              </span>
            </li>
          ))}
        </ul>
        {flows.isSuccess && <Rules flows={flows.data} />}
      </div>
    </>
  );
}

function Add() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const starters = useQuery(startersQuery).data ?? [];
  const create = useMutation({
    mutationFn: async (given: { starter?: string; file?: File }) => {
      const id = newId();
      const draft =
        given.file === undefined ? undefined : (JSON.parse(await given.file.text()) as Record<string, never>);
      await body(
        client.POST("/bots/flows", {
          body: {
            id,
            description: "",
            ...(given.starter === undefined ? {} : { starter: given.starter }),
            ...(draft === undefined ? {} : { draft }),
          },
        }),
      );
      return id;
    },
    onSuccess: async (id) => {
      await queries.invalidateQueries({ queryKey: ["bots"] });
      await navigate({ to: "/settings/$section/$itemId", params: { section: "bots", itemId: id } });
    },
    onError: (error) => toast.failure(t("bots.notDone"), inWords(error)),
  });
  return (
    <>
      <FileButton accept="application/json" onChange={(file) => file !== null && create.mutate({ file })}>
        {(props) => (
          <Button variant="default" {...props}>
            {t("bots.import")}
          </Button>
        )}
      </FileButton>
      <Menu>
        <Menu.Target>
          <Button loading={create.isPending} rightSection={<IconChevronDown size={16} />}>
            {t("bots.add")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown maw={380}>
          {starters.map((starter) => (
            <Menu.Item key={starter.key} onClick={() => create.mutate({ starter: starter.key })}>
              <strong>{starter.name}</strong>
              <br />
              <span className={classes.quiet}>{starter.description}</span>
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item onClick={() => create.mutate({})}>
            <strong>{t("bots.blank")}</strong>
            <br />
            <span className={classes.quiet}>{t("bots.blankText")}</span>
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
