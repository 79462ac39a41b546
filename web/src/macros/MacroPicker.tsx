/** Chooses a macro for a conversation: type to find it, arrows choose, the preview says what it will do, Enter does it. */
import { Button, Modal, TextInput } from "@mantine/core";
import { IconBolt, IconSearch } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type KeyboardEvent, useId, useState } from "react";
import { body, client } from "../api/client";
import { newId } from "../api/ids";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { matching } from "../saved/matching";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import { toast } from "../ui/toast";
import type { Action } from "./actions";
import classes from "./macros.module.css";
import { fittingMacrosQuery, type Macro, macrosKey, previewQuery } from "./queries";
import { useWords } from "./useWords";

interface MacroPickerProps {
  conversationId: string;
  /** The macro that is chosen at first; left out or "": the first there is. */
  first?: string;
  close: () => void;
}

export default function MacroPicker({ conversationId, first = "", close }: MacroPickerProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const id = useId();
  const found = useQuery(fittingMacrosQuery(conversationId));
  const [asked, setAsked] = useState("");
  const [chosen, setChosen] = useState<number | null>(null);
  const all = found.data ?? [];
  const shown = matching(
    all.map((macro) => ({ ...macro, shortcut: "" })),
    asked,
    () => "",
  );
  const at = Math.min(
    chosen ??
      Math.max(
        0,
        shown.findIndex((macro) => macro.id === first),
      ),
    shown.length - 1,
  );
  const current = shown[at];
  const run = useMutation({
    mutationFn: (macro: Macro) =>
      body(
        client.POST("/conversations/{conversation_id}/macros/{macro_id}/run", {
          params: { path: { conversation_id: conversationId, macro_id: macro.id } },
          body: { id: newId() },
        }),
      ),
    onSuccess: async (ran, macro) => {
      close();
      const problems = ran.done.filter((one) => one.problem !== "").map((one) => one.problem);
      if (problems.length > 0) toast.failure(t("macros.partly", { name: macro.name }), problems.join(" "));
      await queries.invalidateQueries({ queryKey: macrosKey });
    },
  });
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || shown.length === 0) return;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      event.preventDefault();
      setChosen((at + step + shown.length) % shown.length);
    } else if (event.key === "Enter" && current !== undefined && !run.isPending) {
      event.preventDefault();
      run.mutate(current);
    }
  };
  return (
    <Modal opened onClose={close} title={t("macros.run")} size="lg">
      <TextInput
        data-autofocus
        role="combobox"
        aria-expanded
        aria-controls={id}
        aria-activedescendant={current === undefined ? undefined : `${id}-${current.id}`}
        aria-label={t("macros.search")}
        placeholder={t("macros.search")}
        leftSection={<IconSearch size={15} />}
        value={asked}
        onChange={(event) => {
          setAsked(event.currentTarget.value);
          setChosen(0);
        }}
        onKeyDown={onKey}
      />
      {found.isPending && <RowSkeletons rows={3} />}
      {found.isError && <Broken error={found.error} retry={() => void found.refetch()} />}
      {found.isSuccess && all.length === 0 && (
        <Empty
          icon={<IconBolt size={28} stroke={1.4} />}
          title={t("macros.noneHere")}
          text={t("macros.noneHereText")}
        />
      )}
      {all.length > 0 && (
        <>
          <div className={classes.picker}>
            <div id={id} role="listbox" aria-label={t("macros.list")} className={classes.list} tabIndex={-1}>
              {shown.map((macro, index) => (
                // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys are the field's, which keeps the focus
                <div
                  key={macro.id}
                  id={`${id}-${macro.id}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={macro.id === current?.id}
                  className={classes.option}
                  onMouseDown={(event) => event.preventDefault()}
                  onClick={() => setChosen(index)}
                >
                  {macro.name}
                  {!macro.shared && <small>{t("macros.own")}</small>}
                </div>
              ))}
            </div>
            {current === undefined ? (
              <p className={classes.quiet}>{t("common.nothingFound")}</p>
            ) : (
              <Preview
                conversationId={conversationId}
                macro={current}
                busy={run.isPending}
                go={() => run.mutate(current)}
              />
            )}
          </div>
          {run.isError && (
            <p role="alert" className={classes.bad}>
              {inWords(run.error)}
            </p>
          )}
        </>
      )}
    </Modal>
  );
}

interface PreviewProps {
  conversationId: string;
  macro: Macro;
  busy: boolean;
  go: () => void;
}

function Preview({ conversationId, macro, busy, go }: PreviewProps) {
  const { t } = useTranslation();
  const words = useWords();
  const found = useQuery(previewQuery(conversationId, macro.id));
  return (
    <div className={classes.preview} role="group" aria-label={t("macros.will", { name: macro.name })}>
      <h3>{t("macros.will", { name: macro.name })}</h3>
      {found.isPending && <RowSkeletons rows={2} />}
      {found.isError && <Broken error={found.error} retry={() => void found.refetch()} />}
      <ol>
        {(found.data ?? []).map((step, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- the steps have a fixed order
          <li key={index} data-idle={step.idle || undefined}>
            {words(step.action as Action)}
            {step.idle && <small> · {t("macros.idle")}</small>}
            {step.text !== "" && <blockquote>{step.text}</blockquote>}
            {step.problem !== "" && <p className={classes.bad}>{step.problem}</p>}
          </li>
        ))}
      </ol>
      <Button leftSection={<IconBolt size={16} />} loading={busy} onClick={go} disabled={!found.isSuccess}>
        {t("macros.go")}
      </Button>
    </div>
  );
}
