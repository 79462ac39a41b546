/** Reports kept under a name: one's own and those everybody sees; some are sent by mail. */
import { Modal } from "@mantine/core";
import { IconBookmark, IconPencil, IconTrash } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { body, client } from "../api/client";
import { useMay, usePeople, useSession } from "../api/hooks";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { Confirm } from "../ui/Confirm";
import { IconButton } from "../ui/IconButton";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import { When } from "../ui/When";
import { fromSaved } from "./query";
import { type Saved as Report, savedQuery } from "./queries";
import classes from "./reports.module.css";
import { SaveForm } from "./SaveForm";

export function Saved() {
  const { t } = useTranslation();
  const found = useQuery(savedQuery);
  if (found.isError) return <Broken error={found.error} retry={() => void found.refetch()} />;
  if (!found.isSuccess) return <RowSkeletons rows={4} />;
  if (found.data.length === 0)
    return (
      <Empty
        icon={<IconBookmark size={28} stroke={1.5} />}
        title={t("reports.noneSaved")}
        text={t("reports.noneSavedText")}
      />
    );
  return (
    <ul className={classes.saved}>
      {found.data.map((report) => (
        <SavedRow key={report.id} report={report} />
      ))}
    </ul>
  );
}

function SavedRow({ report }: { report: Report }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const owner = usePeople().get(report.owner_id);
  const me = useSession().user.id;
  const mayWrite = useMay("reports_write");
  const [doing, setDoing] = useState<"edit" | "delete" | null>(null);
  const close = () => setDoing(null);
  const remove = useMutation({
    mutationFn: () => body(client.DELETE("/reports/saved/{report_id}", { params: { path: { report_id: report.id } } })),
    onSuccess: () => queries.invalidateQueries(savedQuery),
    onSettled: close,
  });
  return (
    <li>
      <Link to="/reports/$page" params={{ page: "dashboard" }} search={fromSaved(report.asked)}>
        {report.name}
      </Link>
      <span className={classes.quiet}>
        {report.shared ? t("reports.sharedBy", { name: owner?.name ?? "" }) : t("reports.onlyMine")}
        {report.schedule !== "never" && ` · ${t(`reports.schedules.${report.schedule}`)}`}
        {report.sent_at !== null && (
          <>
            {" · "}
            {t("reports.sentLast")} <When at={report.sent_at} />
          </>
        )}
        {report.next_at !== null && (
          <>
            {" · "}
            {t("reports.next")} <When at={report.next_at} />
          </>
        )}
      </span>
      {report.problem !== "" && (
        <span className={classes.late} role="alert">
          {report.problem}
        </span>
      )}
      {remove.isError && <span className={classes.late}>{inWords(remove.error)}</span>}
      {(report.owner_id === me || mayWrite) && (
        <span>
          <IconButton label={t("reports.targets.edit", { name: report.name })} onClick={() => setDoing("edit")}>
            <IconPencil size={16} stroke={1.6} />
          </IconButton>
          <IconButton label={t("reports.delete", { name: report.name })} onClick={() => setDoing("delete")}>
            <IconTrash size={16} stroke={1.6} />
          </IconButton>
        </span>
      )}
      <Modal opened={doing === "edit"} onClose={close} title={report.name}>
        <SaveForm report={report} done={close} />
      </Modal>
      {doing === "delete" && (
        <Confirm
          title={t("reports.delete", { name: report.name })}
          text={t(report.schedule === "never" ? "reports.deleteText" : "reports.deleteSentText")}
          action={t("reports.hours.delete")}
          busy={remove.isPending}
          confirm={() => remove.mutate()}
          close={close}
        />
      )}
    </li>
  );
}
