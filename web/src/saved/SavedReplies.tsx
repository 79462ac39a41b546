/** Saved replies: the texts agents insert with a slash, whom they fit, and how often they were used. */
import { Button, TextInput } from "@mantine/core";
import { IconMessage2Bolt, IconPlus, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useChannels, useMay, useTeams } from "../api/hooks";
import { languageName } from "../bots/languages";
import { useTranslation } from "../i18n";
import { PageHead } from "../settings/PageHead";
import settings from "../settings/settings.module.css";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import { matching } from "./matching";
import { type SavedReply, savedQuery } from "./queries";
import classes from "./saved.module.css";
import { SavedForm } from "./SavedForm";

/** From so many on, a search is worth its place. */
const MANY = 8;

export default function SavedReplies() {
  const { t } = useTranslation();
  const found = useQuery(savedQuery);
  const mayWrite = useMay("knowledge_write");
  const [asked, setAsked] = useState("");
  const [open, setOpen] = useState<SavedReply | "new" | null>(null);
  const all = found.data ?? [];
  const shown = matching(all, asked, (reply) => Object.values(reply.texts).join("\n"));
  const add = mayWrite && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setOpen("new")}>
      {t("saved.add")}
    </Button>
  );
  return (
    <>
      <PageHead
        title={t("settings.saved-replies.title")}
        text={t("settings.saved-replies.text")}
        action={all.length > 0 && add}
      />
      <div className={settings.content}>
        {found.isPending && <RowSkeletons rows={4} />}
        {found.isError && <Broken error={found.error} retry={() => void found.refetch()} />}
        {found.isSuccess && all.length === 0 && (
          <Empty
            icon={<IconMessage2Bolt size={28} stroke={1.4} />}
            title={t("saved.none")}
            text={t("saved.noneText")}
            action={add}
          />
        )}
        {all.length >= MANY && (
          <TextInput
            type="search"
            aria-label={t("saved.search")}
            placeholder={t("saved.search")}
            leftSection={<IconSearch size={15} />}
            value={asked}
            onChange={(event) => setAsked(event.currentTarget.value)}
            maw={320}
            mb="xs"
          />
        )}
        {all.length > 0 && shown.length === 0 && <Empty title={t("common.nothingFound")} />}
        <ul className={classes.rows}>
          {shown.map((reply) => (
            <Row key={reply.id} reply={reply} open={mayWrite ? () => setOpen(reply) : undefined} />
          ))}
        </ul>
      </div>
      {open !== null && <SavedForm reply={open === "new" ? null : open} close={() => setOpen(null)} />}
    </>
  );
}

function Row({ reply, open }: { reply: SavedReply; open: (() => void) | undefined }) {
  const { t, i18n } = useTranslation();
  const teams = useTeams();
  const channels = useChannels();
  const whom = [
    ...teams.filter((team) => reply.team_ids.includes(team.id)).map((team) => team.name),
    ...reply.channel_ids.flatMap((id) => channels.get(id)?.name ?? []),
  ];
  const [first = ""] = Object.values(reply.texts);
  return (
    <li>
      <span className={classes.title}>
        {open === undefined ? (
          <strong>{reply.name}</strong>
        ) : (
          <button type="button" onClick={open}>
            {reply.name}
          </button>
        )}
        {reply.shortcut !== "" && <code className={classes.shortcut}>/{reply.shortcut}</code>}
      </span>
      <span className={classes.words}>{first}</span>
      <small>
        {[
          Object.keys(reply.texts)
            .map((code) => languageName(code, i18n.language))
            .join(", "),
          whom.length > 0 ? whom.join(", ") : t("saved.everywhere"),
          t("saved.used", { count: reply.used }),
        ].join(" · ")}
      </small>
    </li>
  );
}
