/** What is done with a flow as a whole: published with a note, rolled back, renamed, taken from work, deleted. */
import { ActionIcon, Button, Menu, Popover, Stack, TextInput } from "@mantine/core";
import { IconDots, IconDownload, IconHistory, IconPencil, IconPlayerPause, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { body, client } from "../api/client";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { Confirm } from "../ui/Confirm";
import { toast } from "../ui/toast";
import { When } from "../ui/When";
import classes from "./bots.module.css";
import { type Flow, flowQuery, versionsQuery } from "./queries";
import { Rename } from "./Rename";

export function FlowActions({ flow, unsaved, wrong }: { flow: Flow; unsaved: boolean; wrong: boolean }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const versions = useQuery(versionsQuery(flow.id)).data ?? [];
  const [asked, setAsked] = useState<"rename" | "delete" | null>(null);
  const params = { path: { flow_id: flow.id } };
  const onError = (error: unknown) => toast.failure(t("bots.notDone"), inWords(error));
  const onSuccess = async (after: Flow) => {
    queries.setQueryData(flowQuery(flow.id).queryKey, after);
    await queries.invalidateQueries({ queryKey: ["bots"] });
  };
  const withdraw = useMutation({
    mutationFn: () => body(client.POST("/bots/flows/{flow_id}/withdraw", { params })),
    onSuccess,
    onError,
  });
  const back = useMutation({
    mutationFn: (number: number) => body(client.POST("/bots/flows/{flow_id}/roll-back", { params, body: { number } })),
    onSuccess: async (after, number) => {
      await onSuccess(after);
      toast.done(t("bots.isBack", { version: number }));
    },
    onError,
  });
  const remove = useMutation({
    mutationFn: () => body(client.DELETE("/bots/flows/{flow_id}", { params })),
    onSuccess: async () => {
      await navigate({ to: "/settings/$section", params: { section: "bots" } });
      queries.removeQueries({ queryKey: flowQuery(flow.id).queryKey });
      await queries.invalidateQueries({ queryKey: ["bots"] });
    },
    onError,
  });
  const working = flow.published !== null;
  return (
    <div className={classes.actions}>
      {versions.length > 0 && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" leftSection={<IconHistory size={15} />} loading={back.isPending}>
              {t("bots.versions")}
            </Button>
          </Menu.Target>
          <Menu.Dropdown mah={420} maw={360} style={{ overflowY: "auto" }}>
            {versions.map((version) => (
              <Menu.Item key={version.number} disabled={version.at_work} onClick={() => back.mutate(version.number)}>
                {version.at_work
                  ? t("bots.atWork", { version: version.number })
                  : t("bots.backTo", { version: version.number })}
                <br />
                <small className={classes.quiet}>
                  <When at={version.published_at} /> {version.note}
                </small>
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size={32} aria-label={t("bots.moreActions")}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => setAsked("rename")}>
            {t("bots.rename")}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconDownload size={15} />}
            component="a"
            href={`/api/v1/bots/flows/${flow.id}/export`}
            download
          >
            {t("bots.export")}
          </Menu.Item>
          <Menu.Item leftSection={<IconPlayerPause size={15} />} disabled={!working} onClick={() => withdraw.mutate()}>
            {t("bots.withdraw")}
          </Menu.Item>
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={15} />}
            disabled={working}
            onClick={() => setAsked("delete")}
          >
            {t("bots.removeFlow")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Publish flow={flow} may={!unsaved && !wrong} done={onSuccess} />
      {asked === "rename" && <Rename flow={flow} close={() => setAsked(null)} saved={onSuccess} />}
      {asked === "delete" && (
        <Confirm
          title={t("bots.removeFlow")}
          text={t("bots.removeFlowText")}
          action={t("bots.removeFlow")}
          busy={remove.isPending}
          confirm={() => remove.mutate()}
          close={() => setAsked(null)}
        />
      )}
    </div>
  );
}

/** Asks for a note first: it is what colleagues know a version by. */
function Publish({ flow, may, done }: { flow: Flow; may: boolean; done: (after: Flow) => Promise<void> }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const [note, setNote] = useState("");
  const publish = useMutation({
    mutationFn: () =>
      body(client.POST("/bots/flows/{flow_id}/publish", { params: { path: { flow_id: flow.id } }, body: { note } })),
    onSuccess: async (after) => {
      setOpened(false);
      setNote("");
      await done(after);
      toast.done(t("bots.isAtWork", { version: after.published ?? 0 }));
    },
    onError: (error) => toast.failure(t("bots.notDone"), inWords(error)),
  });
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus width={300}>
      <Popover.Target>
        <Button disabled={!may} onClick={() => setOpened((now) => !now)}>
          {t("bots.publish")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            publish.mutate();
          }}
        >
          <Stack gap={8}>
            <TextInput
              label={t("bots.note")}
              description={t("bots.noteText")}
              maxLength={500}
              value={note}
              onChange={(event) => setNote(event.currentTarget.value)}
            />
            <Button type="submit" loading={publish.isPending}>
              {t("bots.publishNow")}
            </Button>
          </Stack>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
