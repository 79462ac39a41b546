/** Taking away what is behind a figure as a file; its progress is shown while it is made. */
import { Button, Menu, Progress } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { newId } from "../api/ids";
import { useTranslation } from "../i18n";
import { Broken } from "../ui/States";
import type { Asked } from "./asked";
import { toExport, zoneHere } from "./query";
import { exportQuery } from "./queries";
import classes from "./reports.module.css";

export function Exports({ asked, figure }: { asked: Asked; figure: string }) {
  const { t } = useTranslation();
  const [made, setMade] = useState<string | null>(null);
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
      <Menu>
        <Menu.Target>
          <Button variant="default" leftSection={<IconDownload size={16} stroke={1.6} />} loading={start.isPending}>
            {t("reports.export")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => start.mutate("xlsx")}>{t("reports.xlsx")}</Menu.Item>
          <Menu.Item onClick={() => start.mutate("csv")}>{t("reports.csv")}</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {start.isError && <Broken error={start.error} />}
      {made !== null && <Progressing id={made} />}
    </div>
  );
}

function Progressing({ id }: { id: string }) {
  const { t } = useTranslation();
  const found = useQuery(exportQuery(id)).data;
  if (found === undefined) return null;
  if (found.state === "failed")
    return (
      <p role="alert" className={classes.late}>
        {found.problem}
      </p>
    );
  if (found.state === "done")
    return (
      <Button component="a" href={`/api/v1/exports/${id}/file`} download>
        {t("reports.download", { count: found.rows })}
      </Button>
    );
  const share = found.total === null || found.total === 0 ? 0 : (found.rows / found.total) * 100;
  return <Progress className={classes.progress} value={share} animated aria-label={t("reports.exporting")} />;
}
