/** Adds files to a message: checked against the channel first, then uploaded with progress. */
import { useRef, useState } from "react";
import { newId } from "../api/ids";
import { inWords } from "../api/problem";
import type { Capabilities } from "../api/types";
import { upload } from "../api/upload";
import { t, useTranslation } from "../i18n";
import { fileSize } from "../ui/time";
import { useComposer, writingNow } from "./composerStore";
import { fileMisfit, type Misfit } from "./limits";

function misfitWords(name: string, misfit: Misfit, locale: string): string {
  switch (misfit.why) {
    case "noFiles":
      return t("composer.misfit.noFiles");
    case "count":
      return t("composer.misfit.count", { name, count: misfit.max });
    case "type":
      return t("composer.misfit.type", { name, type: misfit.type });
    case "size":
      return t("composer.misfit.size", { name, max: fileSize(misfit.max, locale) });
  }
}

interface Uploads {
  add: (files: readonly File[]) => void;
  remove: (id: string) => void;
  /** Files that cannot go, each with its reason. */
  refused: readonly string[];
  dismiss: () => void;
}

export function useUploads(conversationId: string, capabilities: Capabilities): Uploads {
  const { i18n } = useTranslation();
  const [refused, setRefused] = useState<readonly string[]>([]);
  const running = useRef(new Map<string, AbortController>());
  const change = useComposer((state) => state.change);
  const changeFile = useComposer((state) => state.changeFile);

  const add = (files: readonly File[]) => {
    const reasons: string[] = [];
    for (const file of files) {
      const writing = writingNow(conversationId);
      // A note stays with us: the channel's limits do not matter to it.
      const misfit = writing.note ? null : fileMisfit(file, writing.files.length, capabilities);
      if (misfit !== null) {
        reasons.push(misfitWords(file.name, misfit, i18n.language));
        continue;
      }
      const id = newId();
      const stop = new AbortController();
      running.current.set(id, stop);
      change(conversationId, {
        files: [
          ...writing.files,
          { id, name: file.name, type: file.type, size: file.size, progress: 0, error: "", view: null },
        ],
      });
      upload(id, file, (progress) => changeFile(conversationId, id, { progress }), { signal: stop.signal }).then(
        (view) => changeFile(conversationId, id, { progress: 1, view }),
        (error: unknown) => changeFile(conversationId, id, { error: inWords(error) }),
      );
    }
    setRefused(reasons);
  };

  const remove = (id: string) => {
    running.current.get(id)?.abort();
    const writing = writingNow(conversationId);
    change(conversationId, { files: writing.files.filter((file) => file.id !== id) });
  };

  return { add, remove, refused, dismiss: () => setRefused([]) };
}
