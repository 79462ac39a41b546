/** Makes a clip of the chosen range and puts it at the end of a playlist, an old one or a new one. */
import { Button, Modal, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { IconScissors } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { useMay } from "../api/hooks";
import { newId } from "../api/ids";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { duration } from "../ui/time";
import { toast } from "../ui/toast";
import { clipEdits } from "./clips";
import type { Span } from "./moves";
import { playlistsQuery } from "./queries";
import classes from "./reviews.module.css";

const NEW = "new";

export function SaveClip({ callId, range }: { callId: string; range: Span }) {
  const { t } = useTranslation();
  const mayReview = useMay("reviews_write");
  const [open, setOpen] = useState(false);
  if (!mayReview) return null;
  return (
    <>
      <Button variant="default" leftSection={<IconScissors size={16} />} onClick={() => setOpen(true)}>
        {t("reviews.clip.save")}
      </Button>
      {open && <Form callId={callId} range={range} close={() => setOpen(false)} />}
    </>
  );
}

function Form({ callId, range: [start, end], close }: { callId: string; range: Span; close(): void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const playlists = useQuery(playlistsQuery).data;
  const [clipId] = useState(newId);
  const [listId] = useState(newId);
  const [title, setTitle] = useState("");
  const [note, setNote] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const [name, setName] = useState("");
  const wanted = chosen ?? playlists?.[0]?.id ?? NEW;
  const save = useMutation({
    mutationFn: async () => {
      const id = wanted === NEW ? listId : wanted;
      const path = { playlist_id: id };
      if (wanted === NEW) await body(client.PUT("/playlists/{playlist_id}", { params: { path }, body: { name } }));
      // Fresh, so that a clip somebody else added meanwhile stays.
      const found = (await queries.fetchQuery({ ...playlistsQuery, staleTime: 0 })).find((one) => one.id === id);
      const clips = [...clipEdits(found?.clips ?? []), { id: clipId, call_id: callId, start, end, title, note }];
      return body(client.PUT("/playlists/{playlist_id}/clips", { params: { path }, body: { clips } }));
    },
    onSuccess: (saved) => {
      toast.done(t("reviews.clip.saved", { name: saved.name }));
      close();
      return queries.invalidateQueries({ queryKey: playlistsQuery.queryKey });
    },
  });
  if (playlists === undefined) return null;
  return (
    <Modal opened onClose={close} title={`${t("reviews.clip.save")}: ${duration(start)}–${duration(end)}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate();
        }}
      >
        <Stack>
          <TextInput
            label={t("reviews.clip.title")}
            required
            data-autofocus
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <Textarea
            label={t("reviews.clip.note")}
            autosize
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Select
            label={t("reviews.clip.playlist")}
            data={[
              ...playlists.map((one) => ({ value: one.id, label: one.name })),
              { value: NEW, label: t("reviews.clip.newPlaylist") },
            ]}
            value={wanted}
            onChange={setChosen}
            allowDeselect={false}
          />
          {wanted === NEW && (
            <TextInput
              label={t("reviews.clip.playlistName")}
              required
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          )}
          {save.isError && (
            <p className={classes.problem} role="alert">
              {inWords(save.error)}
            </p>
          )}
          <Button type="submit" loading={save.isPending}>
            {t("reviews.clip.save")}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
