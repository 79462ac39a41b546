/** One flow: drawn or as a list, what is wrong with it, how many went through, and what is done with it as a whole. */
import { SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useMemo, useState } from "react";
import { useMay } from "../api/hooks";
import { useTranslation } from "../i18n";
import { PageHead } from "../settings/PageHead";
import settings from "../settings/settings.module.css";
import { Broken, RowSkeletons } from "../ui/States";
import classes from "./bots.module.css";
import { FlowActions } from "./FlowActions";
import { countsQuery, type Flow, flowQuery } from "./queries";

// Fetched when somebody opens a flow, not with the list of them.
const Builder = lazy(() => import("./builder/Builder"));

export type View = "drawing" | "list";

export function FlowPage({ id }: { id: string }) {
  const flow = useQuery(flowQuery(id));
  if (flow.isPending) return <RowSkeletons rows={5} />;
  if (flow.isError) return <Broken error={flow.error} retry={() => void flow.refetch()} />;
  return <Shown flow={flow.data} />;
}

function Shown({ flow }: { flow: Flow }) {
  const { t } = useTranslation();
  const mayWrite = useMay("bots_write");
  const counts = useQuery(countsQuery(flow.id)).data;
  const [view, setView] = useState<View>(() => (matchMedia("(min-width: 1000px)").matches ? "drawing" : "list"));
  const [unsaved, setUnsaved] = useState(false);
  const [wrong, setWrong] = useState(() => flow.problems.some((problem) => problem.level === "error"));
  const counted = useMemo(
    () =>
      new Map(
        counts?.steps.map((one) => [
          one.step,
          t("bots.counts", { entered: one.entered, left: one.left, handed: one.handed_over }),
        ]),
      ),
    [counts, t],
  );
  return (
    <>
      <PageHead
        title={flow.name}
        text={flow.description}
        back="/settings/bots"
        action={mayWrite && <FlowActions flow={flow} unsaved={unsaved} wrong={wrong} />}
      />
      <div className={`${settings.content} ${classes.whole}`}>
        <div className={classes.views}>
          <SegmentedControl
            aria-label={t("bots.builder.view")}
            value={view}
            onChange={(now) => setView(now as View)}
            data={[
              { value: "drawing", label: t("bots.builder.drawing") },
              { value: "list", label: t("bots.builder.list") },
            ]}
          />
          <p className={classes.quiet}>
            {flow.published === null ? t("bots.draft") : t("bots.atWork", { version: flow.published })}
            {flow.published !== null && flow.changed && ` · ${t("bots.changed")}`}
            {wrong && ` · ${t("bots.wrong")}`}
          </p>
        </div>
        <Suspense fallback={<RowSkeletons rows={5} />}>
          <Builder flow={flow} view={view} counts={counted} unsaved={setUnsaved} wrong={setWrong} />
        </Suspense>
      </div>
    </>
  );
}
