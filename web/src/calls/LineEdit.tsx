/** One line: its name, number and team, its plan, and the plan's versions. */
import { Button, Select, Switch, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { body, client } from "../api/client";
import { useChannels, usePeople, useTeams } from "../api/hooks";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { PageHead } from "../settings/PageHead";
import settings from "../settings/settings.module.css";
import { Confirm } from "../ui/Confirm";
import { Broken, RowSkeletons } from "../ui/States";
import { toast } from "../ui/toast";
import { When } from "../ui/When";
import { asJson, checkQuery, type Line, type LineVersion, versionsQuery } from "./lineQueries";
import classes from "./lines.module.css";
import type { Plan } from "./plan";
import { PlanForm } from "./PlanForm";

export function LineEdit({ line }: { line: Line }) {
  const { t } = useTranslation();
  const channels = useChannels();
  const versions = useQuery(versionsQuery(line.id));
  const newest = versions.data?.[0];
  return (
    <>
      <PageHead
        title={line.name}
        text={`${channels.get(line.channel_id)?.name ?? ""} · ${line.number === "" ? t("calls.lines.anyNumber") : line.number}`}
        back="/settings/lines"
      />
      <div className={settings.content}>
        <Facts key={line.id} line={line} />
        {versions.isPending && <RowSkeletons rows={4} />}
        {versions.isError && <Broken error={versions.error} retry={() => void versions.refetch()} />}
        {newest !== undefined && <PlanEditor key={newest.version} line={line} version={newest} />}
        {versions.data !== undefined && <Versions line={line} versions={versions.data} />}
      </div>
    </>
  );
}

function Facts({ line }: { line: Line }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const teams = useTeams();
  const [name, setName] = useState(line.name);
  const [number, setNumber] = useState(line.number);
  const [team, setTeam] = useState(line.team_id);
  const [enabled, setEnabled] = useState(line.enabled);
  const [asking, setAsking] = useState(false);
  const path = { line_id: line.id };
  const refresh = () => queries.invalidateQueries({ queryKey: ["lines"] });
  const save = useMutation({
    mutationFn: () =>
      body(
        client.PATCH("/lines/{line_id}", {
          params: { path },
          body: { name: name.trim(), number: number.trim(), team_id: team, enabled },
        }),
      ),
    onSuccess: async () => {
      await refresh();
      toast.done(t("calls.lines.saved"));
    },
  });
  const remove = useMutation({
    mutationFn: () => body(client.DELETE("/lines/{line_id}", { params: { path } })),
    onSuccess: async () => {
      await navigate({ to: "/settings/$section", params: { section: "lines" } });
      await refresh();
    },
    onError: (error) => toast.failure(t("calls.lines.notSaved"), inWords(error)),
  });
  return (
    <form
      className={classes.section}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <div className={classes.pair}>
        <TextInput
          label={t("calls.lines.name")}
          required
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <TextInput
          label={t("calls.lines.number")}
          placeholder={t("calls.lines.anyNumber")}
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
      </div>
      <Switch
        label={t("calls.lines.enabled")}
        checked={enabled}
        onChange={(event) => setEnabled(event.currentTarget.checked)}
      />
      {save.isError && (
        <p role="alert" className={classes.bad}>
          {inWords(save.error)}
        </p>
      )}
      <div>
        <Button type="submit" variant="default" loading={save.isPending}>
          {t("common.save")}
        </Button>{" "}
        <Button variant="subtle" color="red" onClick={() => setAsking(true)}>
          {t("calls.lines.delete")}
        </Button>
      </div>
      {asking && (
        <Confirm
          title={t("calls.lines.deleteTitle", { name: line.name })}
          text={t("calls.lines.deleteText")}
          action={t("calls.lines.delete")}
          busy={remove.isPending}
          confirm={() => remove.mutate()}
          close={() => setAsking(false)}
        />
      )}
    </form>
  );
}

function PlanEditor({ line, version }: { line: Line; version: LineVersion }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const kept = version.plan as unknown as Plan;
  const [plan, setPlan] = useState(kept);
  const [note, setNote] = useState("");
  const [settled] = useDebouncedValue(plan, 400);
  const check = useQuery(checkQuery(settled));
  const problems = check.data?.problems ?? [];
  const changed = plan !== kept;
  const save = useMutation({
    mutationFn: () =>
      body(
        client.POST("/lines/{line_id}/versions", {
          params: { path: { line_id: line.id } },
          body: { plan: asJson(plan), based_on: version.version, note: note.trim() },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["lines"] });
      toast.done(t("calls.lines.planSaved"));
    },
  });
  const error = save.error ?? check.error;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <PlanForm plan={plan} problems={problems} change={setPlan} />
      <section className={classes.section}>
        {error !== null && (
          <p role="alert" className={classes.bad}>
            {inWords(error)}
          </p>
        )}
        <p role="status" className={problems.length > 0 ? classes.bad : classes.quiet}>
          {problems.length > 0
            ? t("calls.lines.toMend", { count: problems.length })
            : t(changed ? "calls.lines.fits" : "calls.lines.unchanged")}
        </p>
        <div className={classes.actions}>
          <TextInput
            label={t("calls.lines.note")}
            maxLength={200}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Button type="submit" loading={save.isPending} disabled={!changed || problems.length > 0}>
            {t("calls.lines.savePlan")}
          </Button>
          {changed && (
            <Button variant="default" onClick={() => setPlan(kept)}>
              {t("calls.lines.discard")}
            </Button>
          )}
        </div>
      </section>
    </form>
  );
}

function Versions({ line, versions }: { line: Line; versions: readonly LineVersion[] }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const people = usePeople();
  const [asked, setAsked] = useState<number | null>(null);
  const restore = useMutation({
    mutationFn: (version: number) =>
      body(
        client.POST("/lines/{line_id}/versions/{version}/restore", {
          params: { path: { line_id: line.id, version } },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["lines"] });
      setAsked(null);
    },
    onError: (error) => toast.failure(t("calls.lines.notSaved"), inWords(error)),
  });
  return (
    <section className={classes.section}>
      <h3>{t("calls.lines.versions")}</h3>
      <ul className={classes.list}>
        {versions.map((version, index) => (
          <li key={version.version}>
            <strong>{t("calls.lines.version", { version: version.version })}</strong>
            <span className={classes.quiet}>
              <When at={version.made_at} />
              {version.made_by !== null && ` · ${people.get(version.made_by)?.name ?? ""}`}
              {version.note !== "" && ` · ${version.note}`}
            </span>
            {index === 0 ? (
              <span className={classes.quiet}>{t("calls.lines.inUse")}</span>
            ) : (
              <Button variant="default" size="xs" onClick={() => setAsked(version.version)}>
                {t("calls.lines.restore", { version: version.version })}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {asked !== null && (
        <Confirm
          title={t("calls.lines.restore", { version: asked })}
          text={t("calls.lines.restoreText")}
          action={t("calls.lines.restore", { version: asked })}
          busy={restore.isPending}
          confirm={() => restore.mutate(asked)}
          close={() => setAsked(null)}
        />
      )}
    </section>
  );
}
