/** Why the figures can be believed: the last check, what is still to be counted, and counting all of it anew. */
import { Button, Progress } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMay } from "../api/hooks";
import { body, client } from "../api/client";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { toast } from "../ui/toast";
import { When } from "../ui/When";
import { trustQuery } from "./queries";
import classes from "./reports.module.css";
import { useCalendars } from "./useCalendars";

export function Trust() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const mayWrite = useMay("reports_write");
  const found = useQuery(trustQuery).data;
  const calendars = useCalendars();
  const act = useMutation({
    mutationFn: (what: "check" | "recount") => body(client.POST(`/reports/trust/${what}`)),
    onSuccess: (now) => queries.setQueryData(trustQuery.queryKey, now),
    onError: (error) => toast.failure(t("reports.truth.failed"), inWords(error)),
  });
  if (found === undefined) return null;
  const done = Math.max(0, found.recount_hours - found.behind);
  const recounting = found.behind > 0 && found.recount_hours > 0 && done > 0;
  return (
    <section className={classes.trust} aria-labelledby="trust">
      <h2 id="trust">{t("reports.truth.title")}</h2>
      <p>{t("reports.truth.text")}</p>
      {found.problem !== "" && (
        <div className={classes.alarm} role="alert">
          <strong>{t("reports.alarm")}</strong> {found.problem}
        </div>
      )}
      <p>
        {t("reports.truth.checked")}:{" "}
        {found.checked_at === null ? t("reports.truth.never") : <When at={found.checked_at} />}
        {found.checked_at !== null &&
          found.problem === "" &&
          found.checked_hours > 0 &&
          ` · ${t("reports.truth.sample", { count: found.checked_hours })}`}
      </p>
      <p role="status">
        {found.behind === 0
          ? t("reports.truth.all")
          : recounting
            ? t("reports.truth.counting", { done, total: found.recount_hours })
            : t("reports.truth.left", { count: found.behind })}
      </p>
      {recounting && (
        <Progress value={(done / found.recount_hours) * 100} aria-label={t("reports.truth.recount")} maw={360} mb={8} />
      )}
      <p>
        {calendars.length === 0
          ? t("reports.calendarNone")
          : t("reports.calendarOf", { calendars: calendars.join(", ") })}
      </p>
      {mayWrite && (
        <div className={classes.trustHands}>
          <Button
            variant="default"
            size="compact-md"
            loading={act.isPending && act.variables === "check"}
            onClick={() => act.mutate("check")}
          >
            {t("reports.truth.check")}
          </Button>
          <Button
            variant="default"
            size="compact-md"
            title={t("reports.truth.recountText")}
            loading={act.isPending && act.variables === "recount"}
            disabled={recounting}
            onClick={() => act.mutate("recount")}
          >
            {t("reports.truth.recount")}
          </Button>
        </div>
      )}
    </section>
  );
}
