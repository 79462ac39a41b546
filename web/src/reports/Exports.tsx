/** Taking away what is behind a figure as a file; its progress is shown while it is made, earlier files stay at hand. */
import { Button, Menu, Progress } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { newId } from "../api/ids";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { Broken } from "../ui/States";
import { When } from "../ui/When";
import type { Asked } from "./asked";
import { stretch } from "./moments";
import { toExport, zoneHere } from "./query";
import { type Export, exportQuery, exportsQuery } from "./queries";
import classes from "./reports.module.css";
import { useFigureName } from "./words";

export function Exports({ asked, figure }: { asked: Asked; figure: string }) {
  const { t } = useTranslation();
  const [made, setMade] = useState<string | null>(null);
  const [opened, setOpened] = useState(false);
  const start = useMutation({
    mutationFn: async (format: "csv" | "xlsx") => {
      const id = newId();
      const words = toExport(asked, figure, zoneHere()) as Record<string, never>;
      await body(client.POST("/exports", { body: { id, asked: words, format } }));
      setMade(id);
    },
  });
  return (
    <div className={classes.exports}>
      <Menu opened={opened} onChange={setOpened}>
        <Menu.Target>
          <Button variant="default" leftSection={<IconDownload size={16} stroke={1.6} />} loading={start.isPending}>
            {t("reports.export")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => start.mutate("xlsx")}>{t("reports.xlsx")}</Menu.Item>
          <Menu.Item onClick={() => start.mutate("csv")}>{t("reports.csv")}</Menu.Item>
          {opened && <Earlier />}
        </Menu.Dropdown>
      </Menu>
      {start.isError && <Broken error={start.error} />}
      {made !== null && <Progressing id={made} />}
    </div>
  );
}

const MOST_EARLIER = 5;

/** Files made before, newest first: one need not wait beside a long one. */
function Earlier() {
  const { t, i18n } = useTranslation();
  const nameOf = useFigureName();
  const found = useQuery(exportsQuery);
  const done = found.data?.filter((one) => one.state === "done").slice(0, MOST_EARLIER) ?? [];
  if (done.length === 0) return null;
  return (
    <>
      <Menu.Divider />
      <Menu.Label>{t("reports.earlierFiles")}</Menu.Label>
      {done.map((one) => (
        <Menu.Item key={one.id} component="a" href={fileOf(one.id)} download>
          {nameOf(typeof one.asked.figure === "string" ? one.asked.figure : "reply")}{" "}
          <small className={classes.quiet}>
            {one.format.toUpperCase()} · {daysOf(one, i18n.language)} · <When at={one.created_at} />
          </small>
        </Menu.Item>
      ))}
    </>
  );
}

function Progressing({ id }: { id: string }) {
  const { t } = useTranslation();
  const { data: found, error } = useQuery(exportQuery(id));
  if (error !== null || found?.state === "failed")
    return (
      <p role="alert" className={classes.late}>
        {error !== null ? inWords(error) : found?.problem}
      </p>
    );
  if (found?.state === "done")
    return (
      <Button component="a" href={fileOf(id)} download>
        {t("reports.download", { count: found.rows })}
      </Button>
    );
  return <Making rows={found?.rows ?? 0} total={found?.total ?? null} />;
}

function Making({ rows, total }: Pick<Export, "rows" | "total">) {
  const { t, i18n } = useTranslation();
  const shown = (number: number) => number.toLocaleString(i18n.language);
  const share = total === null || total === 0 ? 0 : (rows / total) * 100;
  return (
    <div className={classes.progress}>
      <Progress value={share} animated aria-label={t("reports.exporting")} />
      <small className={classes.quiet} role="status">
        {total === null ? t("reports.exporting") : t("reports.exported", { rows: shown(rows), total: shown(total) })}
      </small>
    </div>
  );
}

/** The days a file is about. */
function daysOf({ asked: { from, to } }: Export, locale: string): string {
  return typeof from === "string" && typeof to === "string" ? stretch(from, to, locale) : "";
}

const fileOf = (id: string): string => `/api/v1/exports/${id}/file`;
