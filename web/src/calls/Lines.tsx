/** Lines: the numbers people call, how each call is led, and which numbers may be dialled. */
import { Button, Modal, Select, Stack, TextInput } from "@mantine/core";
import { IconPhoneIncoming, IconPlus } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { body, client } from "../api/client";
import { useChannels, useMay, useTeams } from "../api/hooks";
import { newId } from "../api/ids";
import { inWords } from "../api/problem";
import { languageOptions } from "../bots/languages";
import { useTranslation } from "../i18n";
import { PageHead } from "../settings/PageHead";
import settings from "../settings/settings.module.css";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import { Dialling } from "./Dialling";
import { LineEdit } from "./LineEdit";
import classes from "./lines.module.css";
import { linesQuery } from "./queries";

export default function Lines() {
  const { t } = useTranslation();
  const { itemId } = useParams({ strict: false });
  const lines = useQuery(linesQuery);
  const channels = useChannels();
  const mayWrite = useMay("lines_write");
  const [adding, setAdding] = useState(false);
  const chosen = lines.data?.find((line) => line.id === itemId);
  if (chosen !== undefined) return <LineEdit line={chosen} />;
  const callable = [...channels.values()].filter((channel) => channel.capabilities.calls !== null);
  const add = mayWrite && callable.length > 0 && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setAdding(true)}>
      {t("calls.lines.add")}
    </Button>
  );
  return (
    <>
      <PageHead title={t("settings.lines.title")} text={t("settings.lines.text")} action={add} />
      <div className={settings.content}>
        {lines.isPending && <RowSkeletons rows={3} />}
        {lines.isError && <Broken error={lines.error} retry={() => void lines.refetch()} />}
        {lines.data?.length === 0 && (
          <Empty
            icon={<IconPhoneIncoming size={28} stroke={1.4} />}
            title={t("calls.lines.none")}
            text={t(callable.length > 0 ? "calls.lines.noneText" : "calls.lines.noChannel")}
            action={
              callable.length === 0 && (
                <Button
                  renderRoot={(props) => <Link to="/settings/$section" params={{ section: "channels" }} {...props} />}
                >
                  {t("settings.channels.title")}
                </Button>
              )
            }
          />
        )}
        <ul className={classes.list}>
          {lines.data?.map((line) => (
            <li key={line.id}>
              <Link to="/settings/$section/$itemId" params={{ section: "lines", itemId: line.id }}>
                {line.name}
              </Link>
              <span className={classes.quiet}>
                {line.number === "" ? t("calls.lines.anyNumber") : line.number} ·{" "}
                {channels.get(line.channel_id)?.name ?? ""} · {t("calls.lines.version", { version: line.version })}
              </span>
              {!line.enabled && <span className={classes.quiet}>{t("calls.lines.off")}</span>}
            </li>
          ))}
        </ul>
        <Dialling />
      </div>
      {adding && (
        <Modal opened onClose={() => setAdding(false)} title={t("calls.lines.add")}>
          <NewLine channels={callable} />
        </Modal>
      )}
    </>
  );
}

function NewLine({ channels }: { channels: readonly { id: string; name: string }[] }) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const teams = useTeams();
  const [id] = useState(newId);
  const [name, setName] = useState("");
  const [channel, setChannel] = useState(channels[0]?.id ?? "");
  const [number, setNumber] = useState("");
  const [team, setTeam] = useState<string | null>(null);
  const [language, setLanguage] = useState(i18n.language);
  const save = useMutation({
    mutationFn: () =>
      body(
        client.POST("/lines", {
          body: { id, name: name.trim(), channel_id: channel, number: number.trim(), team_id: team, language },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["lines"] });
      await navigate({ to: "/settings/$section/$itemId", params: { section: "lines", itemId: id } });
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Stack>
        <TextInput
          label={t("calls.lines.name")}
          required
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Select
          label={t("calls.lines.channel")}
          required
          allowDeselect={false}
          data={channels.map((one) => ({ value: one.id, label: one.name }))}
          value={channel}
          onChange={(value) => setChannel(value ?? channel)}
        />
        <TextInput
          label={t("calls.lines.number")}
          description={t("calls.lines.numberHint")}
          placeholder="+48221234567"
          value={number}
          onChange={(event) => setNumber(event.currentTarget.value)}
        />
        <Select
          label={t("calls.lines.team")}
          placeholder={t("calls.lines.channelTeam")}
          clearable
          data={teams.map((one) => ({ value: one.id, label: one.name }))}
          value={team}
          onChange={setTeam}
        />
        <Select
          label={t("calls.lines.language")}
          allowDeselect={false}
          searchable
          data={languageOptions(i18n.language)}
          value={language}
          onChange={(value) => setLanguage(value ?? language)}
        />
        <p className={classes.quiet}>{t("calls.lines.firstPlan")}</p>
        {save.isError && (
          <p role="alert" className={classes.bad}>
            {inWords(save.error)}
          </p>
        )}
        <Button type="submit" loading={save.isPending}>
          {t("calls.lines.add")}
        </Button>
      </Stack>
    </form>
  );
}
