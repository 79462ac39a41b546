/** Playlists for training: clips of calls, each played by itself, sorted, shared with agents. */
import { Button, Menu, Modal, Stack, Switch, Textarea, TextInput } from "@mantine/core";
import {
  IconArrowDown,
  IconArrowUp,
  IconDots,
  IconPlayerPlay,
  IconPlaylist,
  IconPlus,
  IconTrash,
} from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { body, client } from "../api/client";
import { useMay } from "../api/hooks";
import { newId } from "../api/ids";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { Confirm } from "../ui/Confirm";
import { IconButton } from "../ui/IconButton";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import { duration } from "../ui/time";
import { toast } from "../ui/toast";
import { clipEdits } from "./clips";
import { type Clip, type Playlist, playlistsQuery } from "./queries";
import classes from "./reviews.module.css";

export function Playlists() {
  const { t } = useTranslation();
  const mayReview = useMay("reviews_write");
  const found = useQuery(playlistsQuery);
  const [editing, setEditing] = useState<Playlist | "new" | null>(null);
  return (
    <div className={classes.rows}>
      <header className={classes.writeBar}>
        <h2>{t("reviews.pages.playlists")}</h2>
        {mayReview && (
          <Button leftSection={<IconPlus size={16} />} onClick={() => setEditing("new")}>
            {t("reviews.clip.newPlaylist")}
          </Button>
        )}
      </header>
      {found.isPending && <RowSkeletons rows={3} />}
      {found.isError && <Broken error={found.error} retry={() => void found.refetch()} />}
      {found.data?.length === 0 && (
        <Empty
          icon={<IconPlaylist size={28} stroke={1.5} />}
          title={t("reviews.playlists.none")}
          text={t(mayReview ? "reviews.playlists.noneText" : "reviews.playlists.noneShared")}
        />
      )}
      {found.data?.map((playlist) => (
        <One key={playlist.id} playlist={playlist} edit={() => setEditing(playlist)} />
      ))}
      {editing !== null && <Edit playlist={editing === "new" ? null : editing} close={() => setEditing(null)} />}
    </div>
  );
}

function usePlaylistsChanged() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  return {
    onSuccess: () => queries.invalidateQueries({ queryKey: playlistsQuery.queryKey }),
    onError: (error: unknown) => toast.failure(t("reviews.notSaved"), inWords(error)),
  };
}

function One({ playlist, edit }: { playlist: Playlist; edit(): void }) {
  const { t } = useTranslation();
  const mayReview = useMay("reviews_write");
  const changed = usePlaylistsChanged();
  const [deleting, setDeleting] = useState(false);
  const [now, setNow] = useState<string | null>(null);
  const path = { playlist_id: playlist.id };
  const sort = useMutation({
    mutationFn: (clips: readonly Clip[]) =>
      body(
        client.PUT("/playlists/{playlist_id}/clips", {
          params: { path },
          body: { clips: clipEdits(clips) },
        }),
      ),
    ...changed,
  });
  const remove = useMutation({
    mutationFn: () => body(client.DELETE("/playlists/{playlist_id}", { params: { path } })),
    ...changed,
  });
  const { clips } = playlist;
  const move = (from: number, to: number) => {
    const clip = clips[from];
    if (clip !== undefined) sort.mutate(clips.toSpliced(from, 1).toSpliced(to, 0, clip));
  };
  return (
    <section className={classes.playlist} aria-label={playlist.name}>
      <header className={classes.writeBar}>
        <span>
          <strong>{playlist.name}</strong>{" "}
          <span className={classes.quiet}>
            {t("reviews.playlists.clips", { count: clips.length })} ·{" "}
            {duration(clips.reduce((sum, { start, end }) => sum + end - start, 0))} ·{" "}
            {t(playlist.shared ? "reviews.playlists.shared" : "reviews.playlists.private")}
          </span>
        </span>
        {mayReview && (
          <span className={classes.choices}>
            <Button variant="subtle" size="compact-sm" onClick={edit}>
              {t("reviews.edit")}
            </Button>
            <IconButton label={t("reviews.cards.remove", { name: playlist.name })} onClick={() => setDeleting(true)}>
              <IconTrash size={16} />
            </IconButton>
          </span>
        )}
      </header>
      {playlist.description !== "" && <p className={classes.quiet}>{playlist.description}</p>}
      {clips.length === 0 && <p className={classes.quiet}>{t("reviews.playlists.empty")}</p>}
      <ol className={classes.clips}>
        {clips.map((clip, index) => (
          <li key={clip.id} data-now={now === clip.id || undefined}>
            <IconButton
              label={t("reviews.playlists.play", { name: clip.title })}
              onClick={() => setNow(now === clip.id ? null : clip.id)}
            >
              <IconPlayerPlay size={16} />
            </IconButton>
            <span className={classes.who}>
              <strong>{clip.title}</strong>
              {clip.note !== "" && <small>{clip.note}</small>}
            </span>
            <span className={classes.length}>{duration(clip.end - clip.start)}</span>
            <Link to="/reviews/$callId" params={{ callId: clip.call_id }} search={{ t: Math.floor(clip.start) }}>
              {t("reviews.openCall")}
            </Link>
            {mayReview && (
              <Menu position="bottom-end" withinPortal>
                <Menu.Target>
                  <IconButton label={t("reviews.playlists.change", { name: clip.title })}>
                    <IconDots size={16} />
                  </IconButton>
                </Menu.Target>
                <Menu.Dropdown>
                  <Menu.Item
                    disabled={index === 0}
                    leftSection={<IconArrowUp size={16} />}
                    onClick={() => move(index, index - 1)}
                  >
                    {t("reviews.playlists.up")}
                  </Menu.Item>
                  <Menu.Item
                    disabled={index === clips.length - 1}
                    leftSection={<IconArrowDown size={16} />}
                    onClick={() => move(index, index + 1)}
                  >
                    {t("reviews.playlists.down")}
                  </Menu.Item>
                  <Menu.Item
                    color="red"
                    leftSection={<IconTrash size={16} />}
                    onClick={() => sort.mutate(clips.toSpliced(index, 1))}
                  >
                    {t("reviews.playlists.takeOut")}
                  </Menu.Item>
                </Menu.Dropdown>
              </Menu>
            )}
            {now === clip.id && (
              // oxlint-disable-next-line jsx-a11y/media-has-caption -- the transcript stands on the review page
              <audio
                controls
                autoPlay
                src={`/api/v1/playlists/${playlist.id}/clips/${clip.id}/audio`}
                onEnded={() => setNow(clips[index + 1]?.id ?? null)}
                onError={() => toast.failure(t("reviews.playlists.silent"), t("reviews.playlists.silentText"))}
              />
            )}
          </li>
        ))}
      </ol>
      {deleting && (
        <Confirm
          title={t("reviews.cards.remove", { name: playlist.name })}
          text={t("reviews.playlists.deleteText")}
          action={t("reviews.delete")}
          busy={remove.isPending}
          confirm={() => remove.mutate()}
          close={() => setDeleting(false)}
        />
      )}
    </section>
  );
}

function Edit({ playlist, close }: { playlist: Playlist | null; close(): void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [id] = useState(() => playlist?.id ?? newId());
  const [name, setName] = useState(playlist?.name ?? "");
  const [description, setDescription] = useState(playlist?.description ?? "");
  const [shared, setShared] = useState(playlist?.shared ?? false);
  const save = useMutation({
    mutationFn: () =>
      body(
        client.PUT("/playlists/{playlist_id}", {
          params: { path: { playlist_id: id } },
          body: { name, description, shared },
        }),
      ),
    onSuccess: () => {
      close();
      return queries.invalidateQueries({ queryKey: playlistsQuery.queryKey });
    },
  });
  return (
    <Modal opened onClose={close} title={playlist?.name ?? t("reviews.clip.newPlaylist")}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack>
          <TextInput
            label={t("reviews.clip.playlistName")}
            required
            data-autofocus
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Textarea
            label={t("reviews.cards.description")}
            autosize
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
          <Switch
            label={t("reviews.playlists.share")}
            description={t("reviews.playlists.shareText")}
            checked={shared}
            onChange={(event) => setShared(event.currentTarget.checked)}
          />
          {save.isError && (
            <p className={classes.problem} role="alert">
              {inWords(save.error)}
            </p>
          )}
          <Button type="submit" loading={save.isPending}>
            {t("reviews.cards.save")}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
