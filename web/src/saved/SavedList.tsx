/** The list that a slash opens: arrows choose, Enter inserts a reply or shows a macro, Tab changes the language. */
import { IconBolt } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type RefObject, useEffect, useEffectEvent, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { languageName } from "../bots/languages";
import { body, client } from "../api/client";
import { inWords } from "../api/problem";
import type { ConversationRow } from "../api/types";
import { useTranslation } from "../i18n";
import { useComposer, writingNow } from "../inbox/composerStore";
import type { Slash } from "../inbox/slash";
import { fittingMacrosQuery, type Macro } from "../macros/queries";
import { matching } from "./matching";
import { type FilledReply, fittingQuery, savedKey } from "./queries";
import classes from "./saved.module.css";

interface SavedListProps {
  row: ConversationRow;
  field: RefObject<HTMLTextAreaElement | null>;
  slash: Slash;
  /** Closed by hand; the slash stays in the text. */
  close: () => void;
  /** A reply stands in its place. */
  done: () => void;
  /** A macro was chosen: what it will do is shown before it is done. */
  look: (macroId: string) => void;
}

/** One of the list: a saved reply or a macro. */
interface Entry {
  id: string;
  name: string;
  shortcut: string;
  reply?: FilledReply;
  macro?: Macro;
}

export default function SavedList({ row, field, slash, close, done, look }: SavedListProps) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const id = useId();
  const [language, setLanguage] = useState<string | null>(null);
  const [chosen, setChosen] = useState({ asked: slash.asked, at: 0 });
  const list = useRef<HTMLDivElement>(null);
  const change = useComposer((state) => state.change);
  const found = useQuery(fittingQuery(row, language));
  const all = found.data ?? [];
  const macros = useQuery(fittingMacrosQuery(row.id)).data ?? [];
  const entries: readonly Entry[] = matching(
    [
      ...all.map((reply): Entry => ({ id: reply.id, name: reply.name, shortcut: reply.shortcut, reply })),
      ...macros.map((macro): Entry => ({ id: macro.id, name: macro.name, shortcut: "", macro })),
    ],
    slash.asked,
    (entry) => entry.reply?.text ?? "",
  );
  // What is typed begins anew at the first.
  const at = chosen.asked === slash.asked ? Math.min(chosen.at, entries.length - 1) : 0;
  const current = entries[at];
  const languages = [...new Set(all.flatMap((reply) => reply.languages))].toSorted();
  const shown = language ?? current?.reply?.language ?? all[0]?.language ?? "";
  const count = useMutation({
    // The words stand in the field already: who writes need not know that a use could not be counted.
    mutationFn: (replyId: string) =>
      body(client.POST("/saved-replies/{reply_id}/use", { params: { path: { reply_id: replyId } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: savedKey }),
  });

  /** Put words where the slash and what was asked stand. */
  const put = (words: string) => {
    const { text } = writingNow(row.id);
    const place = slash.start + words.length;
    flushSync(() => change(row.id, { text: text.slice(0, slash.start) + words + text.slice(slash.end) }));
    field.current?.focus();
    field.current?.setSelectionRange(place, place);
    done();
  };
  const take = ({ reply, macro }: Entry) => {
    if (macro !== undefined) {
      put("");
      look(macro.id);
    } else if (reply !== undefined && reply.problem === "") {
      put(reply.text);
      count.mutate(reply.id);
    }
  };
  const choose = (next: number) => {
    setChosen({ asked: slash.asked, at: (next + entries.length) % entries.length });
  };
  const nextLanguage = (step: number) => {
    const next = (languages.indexOf(shown) + step + languages.length) % languages.length;
    setLanguage(languages[next] ?? null);
  };
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const does: Partial<Record<string, () => void>> = {
      Escape: close,
      ...(current === undefined
        ? {}
        : {
            ArrowDown: () => choose(at + 1),
            ArrowUp: () => choose(at - 1),
            ...(event.shiftKey ? {} : { Enter: () => take(current) }),
            ...(languages.length > 1 ? { Tab: () => nextLanguage(event.shiftKey ? -1 : 1) } : {}),
          }),
    };
    const act = does[event.key];
    if (act === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
  useEffect(() => {
    const its = field.current;
    const listen = (event: KeyboardEvent) => onKey(event);
    // On the field itself: before the composer's own keys, which would leave the field or write a line.
    its?.addEventListener("keydown", listen);
    its?.setAttribute("aria-autocomplete", "list");
    return () => {
      its?.removeEventListener("keydown", listen);
      for (const name of ["aria-autocomplete", "aria-controls", "aria-activedescendant"]) its?.removeAttribute(name);
    };
  }, [field]);
  useEffect(() => {
    if (current === undefined) {
      field.current?.removeAttribute("aria-controls");
      field.current?.removeAttribute("aria-activedescendant");
      return;
    }
    field.current?.setAttribute("aria-controls", id);
    field.current?.setAttribute("aria-activedescendant", `${id}-${current.id}`);
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [field, id, current]);

  // Several words that fit nothing are a sentence that happens to begin with a slash.
  if (current === undefined && /\s/.test(slash.asked)) return null;
  return (
    <div className={classes.panel}>
      {found.isPending && <p className={classes.said}>{t("saved.loading")}</p>}
      {found.isError && (
        <p className={classes.said} role="alert">
          {inWords(found.error)}
        </p>
      )}
      {found.isSuccess && current === undefined && (
        <p className={classes.said} role="status">
          {all.length + macros.length === 0 ? t("saved.noneHere") : t("saved.nothingFits", { asked: slash.asked })}
        </p>
      )}
      {current !== undefined && (
        <>
          <div ref={list} id={id} role="listbox" aria-label={t("saved.list")} className={classes.list} tabIndex={-1}>
            {entries.map((entry, index) => (
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the keys are the field's, which keeps the focus
              <div
                key={entry.id}
                id={`${id}-${entry.id}`}
                role="option"
                tabIndex={-1}
                aria-selected={index === at}
                aria-disabled={(entry.reply?.problem ?? "") !== "" || undefined}
                className={classes.option}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => take(entry)}
              >
                <span className={classes.head}>
                  {entry.macro !== undefined && <IconBolt size={14} aria-hidden />}
                  <strong>{entry.name}</strong>
                  {entry.shortcut !== "" && <code>/{entry.shortcut}</code>}
                  {entry.macro !== undefined && <small>{t("saved.macro")}</small>}
                  {entry.reply !== undefined && languages.length > 1 && (
                    <small>{languageName(entry.reply.language, i18n.language)}</small>
                  )}
                </span>
                {entry.reply !== undefined && (
                  <span className={classes.words} data-bad={entry.reply.problem !== "" || undefined}>
                    {entry.reply.problem || entry.reply.text}
                  </span>
                )}
              </div>
            ))}
          </div>
          <p className={classes.keys} aria-hidden>
            <span>
              <kbd>↑</kbd> <kbd>↓</kbd> {t("saved.keys.choose")}
            </span>
            <span>
              <kbd>Enter</kbd> {t(current.macro === undefined ? "saved.keys.insert" : "saved.keys.look")}
            </span>
            <span>
              <kbd>Esc</kbd> {t("saved.keys.close")}
            </span>
            {languages.length > 1 && (
              <span className={classes.language}>
                <button
                  type="button"
                  tabIndex={-1}
                  onMouseDown={(e) => e.preventDefault()}
                  onClick={() => nextLanguage(1)}
                >
                  <kbd>Tab</kbd> {shown === "" ? "" : languageName(shown, i18n.language)}
                </button>
              </span>
            )}
          </p>
          <p className="srOnly" role="status">
            {t("saved.found", { count: entries.length })}
          </p>
        </>
      )}
    </div>
  );
}
