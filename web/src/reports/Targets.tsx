/** Targets: how soon whom is to be answered, and how they stand now. The first that fits counts. */
import { Button, Modal } from "@mantine/core";
import { IconArrowUp, IconPencil, IconPlus, IconTargetArrow, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { useChannels, useMay, useTeams } from "../api/hooks";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { PageHead } from "../settings/PageHead";
import settings from "../settings/settings.module.css";
import { Confirm } from "../ui/Confirm";
import { IconButton } from "../ui/IconButton";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import { span } from "../ui/time";
import { toast } from "../ui/toast";
import classes from "./hours.module.css";
import { riskQuery, targetsQuery } from "./hoursQueries";
import { type Target, TargetForm } from "./TargetForm";

export default function Targets() {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const targets = useQuery(targetsQuery);
  const mayWrite = useMay("targets_write");
  const channels = useChannels();
  const teams = useTeams();
  const [editing, setEditing] = useState<Target | "new" | null>(null);
  const [removing, setRemoving] = useState<Target | null>(null);
  const refresh = () => queries.invalidateQueries({ queryKey: ["targets"] });
  const failed = (error: unknown) => toast.failure(t("reports.hours.notSaved"), inWords(error));
  const remove = useMutation({
    mutationFn: (id: string) => body(client.DELETE("/targets/{target_id}", { params: { path: { target_id: id } } })),
    onSuccess: refresh,
    onError: failed,
    onSettled: () => setRemoving(null),
  });
  const order = useMutation({
    mutationFn: (ids: string[]) => body(client.PUT("/targets", { body: { ids } })),
    onSuccess: refresh,
    onError: failed,
  });
  const list = targets.data ?? [];
  const whom = (target: Target) =>
    [
      ...target.channels.map((id) => channels.get(id)?.name ?? ""),
      ...target.teams.map((id) => teams.find((team) => team.id === id)?.name ?? ""),
      ...target.priorities.map((priority) => t(`priority.${priority}`)),
      ...target.tags,
      ...target.segments.map(({ field, value }) => `${field} = ${value}`),
    ].filter((words) => words !== "");
  return (
    <>
      <PageHead
        title={t("settings.targets.title")}
        text={t("settings.targets.text")}
        action={
          mayWrite && (
            <Button leftSection={<IconPlus size={16} />} onClick={() => setEditing("new")}>
              {t("reports.targets.add")}
            </Button>
          )
        }
      />
      <div className={settings.content}>
        {targets.isPending && <RowSkeletons rows={3} />}
        {targets.isError && <Broken error={targets.error} retry={() => void targets.refetch()} />}
        {targets.data?.length === 0 && (
          <Empty
            icon={<IconTargetArrow size={28} stroke={1.4} />}
            title={t("reports.targets.none")}
            text={t("reports.targets.noneText")}
          />
        )}
        <Risks />
        <ul className={classes.calendars}>
          {list.map((target, index) => (
            <li key={target.id}>
              <div className={classes.rowHead}>
                <strong>
                  {index + 1}. {target.name}
                </strong>
                {!target.active && <span className={classes.quiet}>{t("reports.targets.off")}</span>}
                {mayWrite && (
                  <span>
                    {index > 0 && (
                      <IconButton
                        label={t("reports.targets.up", { name: target.name })}
                        onClick={() => {
                          const ids = list.map((one) => one.id);
                          order.mutate(ids.toSpliced(index, 1).toSpliced(index - 1, 0, target.id));
                        }}
                      >
                        <IconArrowUp size={16} />
                      </IconButton>
                    )}
                    <IconButton
                      label={t("reports.targets.edit", { name: target.name })}
                      onClick={() => setEditing(target)}
                    >
                      <IconPencil size={16} />
                    </IconButton>
                    <IconButton label={t("reports.delete", { name: target.name })} onClick={() => setRemoving(target)}>
                      <IconTrash size={16} />
                    </IconButton>
                  </span>
                )}
              </div>
              <p>
                {target.goals
                  .map(
                    (goal) =>
                      `${t(`reports.targets.metrics.${goal.metric}`)} ${span(goal.seconds * 1000, i18n.language)}`,
                  )
                  .join(" · ")}
              </p>
              <p className={classes.quiet}>
                {whom(target).length === 0 ? t("reports.targets.everybody") : whom(target).join(", ")} ·{" "}
                {t(target.business ? "reports.targets.inHours" : "reports.targets.aroundTheClock")}
              </p>
            </li>
          ))}
        </ul>
      </div>
      {removing !== null && (
        <Confirm
          title={t("reports.delete", { name: removing.name })}
          text={t("reports.targets.deleteText")}
          action={t("reports.hours.delete")}
          busy={remove.isPending}
          confirm={() => remove.mutate(removing.id)}
          close={() => setRemoving(null)}
        />
      )}
      {editing !== null && (
        <Modal opened onClose={() => setEditing(null)} title={t("reports.targets.target")} size="lg">
          <TargetForm target={editing === "new" ? null : editing} close={() => setEditing(null)} />
        </Modal>
      )}
    </>
  );
}

function Risks() {
  const { t } = useTranslation();
  const found = useQuery(riskQuery).data ?? [];
  const sum = (of: "running" | "at_risk" | "breached") => found.reduce((total, risk) => total + risk[of], 0);
  if (sum("running") === 0) return null;
  return (
    <p className={classes.quiet} role="status">
      {t("reports.targets.now", { running: sum("running"), risk: sum("at_risk"), breached: sum("breached") })}
    </p>
  );
}
