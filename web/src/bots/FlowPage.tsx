/** One flow: what is wrong with it, its steps with their counts, trying it, putting it to work and taking it back. */
import { Button, Menu, SegmentedControl, Textarea } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useMemo, useState } from "react";
import { body, client } from "../api/client";
import { useMay } from "../api/hooks";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { PageHead } from "../settings/PageHead";
import settings from "../settings/settings.module.css";
import { Broken, RowSkeletons } from "../ui/States";
import { toast } from "../ui/toast";
import { When } from "../ui/When";
import classes from "./bots.module.css";
import { countsQuery, type Flow, flowQuery, versionsQuery } from "./queries";
import { type StepRow, stepsOf } from "./steps";
import { Try } from "./Try";

// The drawing's library is fetched when somebody draws.
const Builder = lazy(() => import("./builder/Builder"));

export function FlowPage({ id }: { id: string }) {
  const flow = useQuery(flowQuery(id));
  if (flow.isPending) return <RowSkeletons rows={5} />;
  if (flow.isError) return <Broken error={flow.error} retry={() => void flow.refetch()} />;
  return <Shown flow={flow.data} />;
}

function Shown({ flow }: { flow: Flow }) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const mayWrite = useMay("bots_write");
  const counts = useQuery(countsQuery(flow.id)).data;
  const versions = useQuery(versionsQuery(flow.id)).data ?? [];
  const [editing, setEditing] = useState(false);
  const [drawing, setDrawing] = useState(() => matchMedia("(min-width: 1000px)").matches);
  const [unsaved, setUnsaved] = useState(false);
  const path = { flow_id: flow.id };
  const done = async (after: Flow) => {
    queries.setQueryData(flowQuery(flow.id).queryKey, after);
    await queries.invalidateQueries({ queryKey: ["bots"] });
  };
  const failed = (error: unknown) => toast.failure(t("bots.notDone"), inWords(error));
  const publish = useMutation({
    mutationFn: () => body(client.POST("/bots/flows/{flow_id}/publish", { params: { path }, body: { note: "" } })),
    onSuccess: done,
    onError: failed,
  });
  const withdraw = useMutation({
    mutationFn: () => body(client.POST("/bots/flows/{flow_id}/withdraw", { params: { path } })),
    onSuccess: done,
    onError: failed,
  });
  const back = useMutation({
    mutationFn: (number: number) =>
      body(client.POST("/bots/flows/{flow_id}/roll-back", { params: { path }, body: { number } })),
    onSuccess: done,
    onError: failed,
  });
  const steps = stepsOf(flow.draft, i18n.language);
  const count = (step: string) => counts?.steps.find((one) => one.step === step);
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
  const problems = (step: string) => flow.problems.filter((problem) => problem.step === step);
  return (
    <>
      <PageHead
        title={flow.name}
        text={flow.description}
        back="/settings/bots"
        action={
          mayWrite && (
            <div className={classes.actions}>
              {flow.published !== null && (
                <Button variant="default" loading={withdraw.isPending} onClick={() => withdraw.mutate()}>
                  {t("bots.withdraw")}
                </Button>
              )}
              {versions.length > 1 && (
                <Menu>
                  <Menu.Target>
                    <Button variant="default">{t("bots.versions")}</Button>
                  </Menu.Target>
                  <Menu.Dropdown>
                    {versions.map((version) => (
                      <Menu.Item
                        key={version.number}
                        disabled={version.at_work}
                        onClick={() => back.mutate(version.number)}
                      >
                        {t("bots.backTo", { version: version.number })} <When at={version.published_at} />{" "}
                        {version.note}
                      </Menu.Item>
                    ))}
                  </Menu.Dropdown>
                </Menu>
              )}
              <Button
                loading={publish.isPending}
                disabled={unsaved || flow.problems.some((problem) => problem.level === "error")}
                onClick={() => publish.mutate()}
              >
                {t("bots.publish")}
              </Button>
            </div>
          )
        }
      />
      <div className={`${settings.content} ${drawing ? classes.whole : settings.wide}`}>
        <div className={classes.views}>
          <SegmentedControl
            aria-label={t("bots.builder.view")}
            value={drawing ? "drawing" : "list"}
            onChange={(now) => setDrawing(now === "drawing")}
            data={[
              { value: "drawing", label: t("bots.builder.drawing") },
              { value: "list", label: t("bots.builder.list") },
            ]}
          />
          <p className={classes.quiet}>
            {flow.published === null ? t("bots.draft") : t("bots.atWork", { version: flow.published })}
            {flow.published !== null && flow.changed && ` · ${t("bots.changed")}`}
            {" · "}
            <a href={`/api/v1/bots/flows/${flow.id}/export`} download>
              {t("bots.export")}
            </a>
          </p>
        </div>
        {drawing ? (
          <Suspense fallback={<RowSkeletons rows={5} />}>
            <Builder flow={flow} counts={counted} unsaved={setUnsaved} />
          </Suspense>
        ) : (
          <div className={classes.split}>
            <div>
              {flow.problems
                .filter((problem) => problem.step === "")
                .map((problem) => (
                  <p key={problem.words} className={classes.bad}>
                    {problem.words}
                  </p>
                ))}
              <ol className={classes.steps}>
                {steps.map((step) => (
                  <li key={step.id} id={`step-${step.id}`}>
                    <Step step={step} />
                    {count(step.id) !== undefined && (
                      <small className={classes.quiet}>
                        {t("bots.counts", {
                          entered: count(step.id)?.entered ?? 0,
                          left: count(step.id)?.left ?? 0,
                          handed: count(step.id)?.handed_over ?? 0,
                        })}
                      </small>
                    )}
                    {problems(step.id).map((problem) => (
                      <p key={problem.words} className={classes.bad}>
                        {problem.words}
                      </p>
                    ))}
                  </li>
                ))}
              </ol>
              {mayWrite && (
                <Button variant="default" onClick={() => setEditing((now) => !now)} aria-expanded={editing}>
                  {t("bots.document")}
                </Button>
              )}
              {editing && <Document flow={flow} saved={done} />}
            </div>
            <Try graph={flow.draft} />
          </div>
        )}
      </div>
    </>
  );
}

function Step({ step }: { step: StepRow }) {
  const { t, i18n } = useTranslation();
  const kind = `bots.kinds.${step.kind}`;
  return (
    <>
      <span className={classes.kind}>{i18n.exists(kind) ? i18n.t(kind) : step.kind}</span> <strong>{step.label}</strong>
      {step.text !== "" && <p>{step.text}</p>}
      {step.next.length > 0 && (
        <small className={classes.quiet}>
          {t("bots.then")}{" "}
          {step.next.map((next) => (
            <a key={next} href={`#step-${next}`}>
              {next}
            </a>
          ))}
        </small>
      )}
    </>
  );
}

/** The flow as a document: for what the list does not let one change. */
function Document({ flow, saved }: { flow: Flow; saved: (after: Flow) => Promise<void> }) {
  const { t } = useTranslation();
  const [text, setText] = useState(() => JSON.stringify(flow.draft, null, 2));
  const save = useMutation({
    mutationFn: () =>
      body(
        client.PATCH("/bots/flows/{flow_id}", {
          params: { path: { flow_id: flow.id } },
          body: { revision: flow.revision, draft: JSON.parse(text) as Record<string, never> },
        }),
      ),
    onSuccess: async (after) => {
      await saved(after);
      toast.done(t("bots.saved"));
    },
  });
  return (
    <form
      className={classes.document}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Textarea
        aria-label={t("bots.document")}
        autosize
        minRows={12}
        maxRows={40}
        spellCheck={false}
        styles={{ input: { fontFamily: "var(--font-mono)", fontSize: 12 } }}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {save.isError && (
        <p role="alert" className={classes.bad}>
          {inWords(save.error)}
        </p>
      )}
      <Button type="submit" loading={save.isPending}>
        {t("bots.save")}
      </Button>
    </form>
  );
}
