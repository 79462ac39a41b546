/** One turn of a speaker: heard by a click, corrected in place, its earlier wordings at hand. */
import { Button, Popover, Textarea } from "@mantine/core";
import { IconLink, IconPencil } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { useMay, usePeople } from "../api/hooks";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { IconButton } from "../ui/IconButton";
import { duration } from "../ui/time";
import { When } from "../ui/When";
import { copySecond } from "./PlayerBar";
import { type Line, revisionsQuery, transcriptQuery } from "./queries";
import classes from "./reviews.module.css";

const UNSURE = 0.6;

interface Props {
  recordingId: string;
  line: Line;
  hit: boolean;
  now: boolean;
  seek(second: number): void;
}

export function TranscriptLine({ recordingId, line, hit, now, seek }: Props) {
  const { t } = useTranslation();
  const mayWrite = useMay("transcripts_write");
  const [editing, setEditing] = useState(false);
  const unsure = line.confidence !== null && line.confidence < UNSURE && !line.edited;
  return (
    <li data-lane={line.speaker} data-hit={hit || undefined} data-now={now || undefined}>
      {editing ? (
        <Edit recordingId={recordingId} line={line} close={() => setEditing(false)} />
      ) : (
        <>
          <button type="button" onClick={() => seek(line.start)}>
            <span>{duration(line.start)}</span>
            <b>{t(`reviews.${line.speaker}Lane`)}</b>
            <span data-unsure={unsure || undefined} title={unsure ? t("reviews.line.unsure") : undefined}>
              {line.text}
              {line.redacted && <small> ({t("reviews.line.redacted")})</small>}
            </span>
          </button>
          {line.edited ? <Earlier recordingId={recordingId} number={line.number} /> : <span />}
          <span className={classes.lineTools}>
            <IconButton label={t("reviews.line.link")} onClick={() => void copySecond(line.start, t("reviews.copied"))}>
              <IconLink size={15} />
            </IconButton>
            {mayWrite && (
              <IconButton label={t("reviews.line.edit")} onClick={() => setEditing(true)}>
                <IconPencil size={15} />
              </IconButton>
            )}
          </span>
        </>
      )}
    </li>
  );
}

function Edit({ recordingId, line, close }: { recordingId: string; line: Line; close(): void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [text, setText] = useState(line.text);
  const save = useMutation({
    mutationFn: () =>
      body(
        client.PUT("/recordings/{recording_id}/transcript/lines/{number}", {
          params: { path: { recording_id: recordingId, number: line.number } },
          body: { text },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: transcriptQuery(recordingId).queryKey });
      close();
    },
  });
  return (
    <form
      className={classes.answer}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <Textarea
        aria-label={t("reviews.line.text")}
        autosize
        autoFocus
        value={text}
        error={save.isError ? inWords(save.error) : undefined}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") close();
          if (event.key === "Enter" && !event.shiftKey) {
            event.preventDefault();
            save.mutate();
          }
        }}
      />
      <span className={classes.choices}>
        <Button type="submit" loading={save.isPending} disabled={text.trim() === ""}>
          {t("reviews.save")}
        </Button>
        <Button variant="subtle" onClick={close}>
          {t("reviews.cancel")}
        </Button>
      </span>
    </form>
  );
}

/** What a line said before it was corrected, by whom and when. */
function Earlier({ recordingId, number }: { recordingId: string; number: number }) {
  const { t } = useTranslation();
  const people = usePeople();
  const [open, setOpen] = useState(false);
  const found = useQuery({ ...revisionsQuery(recordingId), enabled: open });
  const revisions = (found.data ?? []).filter((one) => one.number === number).toReversed();
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-end" withinPortal trapFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          size="compact-xs"
          onClick={() => setOpen(!open)}
          aria-label={t("reviews.line.history")}
        >
          {t("reviews.edited")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown maw={420}>
        <strong>{t("reviews.line.history")}</strong>
        {found.isError && <p className={classes.problem}>{inWords(found.error)}</p>}
        <ul className={classes.steps}>
          {revisions.map((one) => (
            <li key={one.replaced_at}>
              <p>{one.text}</p>
              {t("reviews.line.by", { name: people.get(one.replaced_by)?.name ?? "—" })} <When at={one.replaced_at} />
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}
