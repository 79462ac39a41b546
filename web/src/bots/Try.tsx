/** Talks with a flow as a customer would: nothing is stored, nothing is sent. */
import { Button, Select, TextInput } from "@mantine/core";
import { IconPaperclip } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { useChannels, usePeople, useTeams } from "../api/hooks";
import { inWords } from "../api/problem";
import { type TextKey, useTranslation } from "../i18n";
import classes from "./bots.module.css";
import { flowsQuery, type Shot } from "./queries";

interface Line {
  who: "customer" | "bot" | "done";
  text: string;
  buttons?: readonly string[];
  files?: readonly string[];
}

export function Try({ graph }: { graph: Record<string, unknown> }) {
  const { t } = useTranslation();
  const channels = useChannels();
  const [channelId, setChannelId] = useState<string | null>(null);
  const [lines, setLines] = useState<Line[]>([]);
  const [shot, setShot] = useState<Shot | null>(null);
  const [text, setText] = useState("");
  const inWordsOf = useEffectWords();
  const say = useMutation({
    mutationFn: (given: { what: "said" | "due"; text: string }) =>
      body(
        client.POST("/bots/simulate", {
          body: {
            graph: graph as Record<string, never>,
            what: given.what,
            text: given.text,
            channel_id: channelId,
            ...(shot === null
              ? {}
              : {
                  position: shot.position as Record<string, never>,
                  at: given.what === "due" && shot.due_at !== null ? shot.due_at : shot.at,
                }),
          },
        }),
      ),
    onSuccess: (next, given) => {
      setShot(next);
      setLines((before) => [
        ...before,
        ...(given.what === "said" ? [{ who: "customer" as const, text: given.text }] : []),
        ...next.said.map((said) => ({
          who: "bot" as const,
          text: said.text,
          buttons: said.buttons,
          files: [...said.files, ...said.links.map((name) => t("bots.asLink", { name }))],
        })),
        ...next.done.map((done) => ({ who: "done" as const, text: inWordsOf(done) })),
        ...(next.trouble === "" ? [] : [{ who: "done" as const, text: next.trouble }]),
      ]);
    },
  });
  const send = (words: string) => {
    if (words.trim() === "") return;
    setText("");
    say.mutate({ what: "said", text: words });
  };
  const over = shot?.phase === "over";
  return (
    <section className={classes.try} aria-label={t("bots.try")}>
      <header>
        <strong>{t("bots.try")}</strong>
        <Select
          aria-label={t("bots.onChannel")}
          placeholder={t("bots.onChannel")}
          clearable
          value={channelId}
          onChange={setChannelId}
          data={[...channels.values()].map((channel) => ({ value: channel.id, label: channel.name }))}
        />
      </header>
      <div className={classes.talk} role="log">
        {lines.length === 0 && <p className={classes.quiet}>{t("bots.tryText")}</p>}
        {lines.map((line, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- a talk only grows at its end
          <div key={index} data-who={line.who}>
            {line.text}
            {line.files?.map((file) => (
              <span key={file} className={classes.file}>
                <IconPaperclip size={14} aria-hidden /> {file}
              </span>
            ))}
            {line.buttons?.map((button) => (
              <Button key={button} size="compact-sm" variant="default" onClick={() => send(button)}>
                {button}
              </Button>
            ))}
          </div>
        ))}
      </div>
      {say.isError && (
        <p role="alert" className={classes.bad}>
          {inWords(say.error)}
        </p>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send(text);
        }}
      >
        <TextInput
          aria-label={t("bots.write")}
          placeholder={over ? t("bots.over") : t("bots.write")}
          value={text}
          disabled={over}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit" loading={say.isPending} disabled={over}>
          {t("bots.send")}
        </Button>
      </form>
      <div className={classes.actions}>
        {shot !== null && shot.due_at !== null && (
          <Button variant="subtle" onClick={() => say.mutate({ what: "due", text: "" })}>
            {t("bots.letTimePass")}
          </Button>
        )}
        {lines.length > 0 && (
          <Button
            variant="subtle"
            onClick={() => {
              setLines([]);
              setShot(null);
            }}
          >
            {t("bots.again")}
          </Button>
        )}
      </div>
    </section>
  );
}

/** Says what the flow would have done besides speaking. */
function useEffectWords(): (done: Shot["done"][number]) => string {
  const { t } = useTranslation();
  const people = usePeople();
  const teams = useTeams();
  const flows = useQuery(flowsQuery).data ?? [];
  const named = [...teams, ...people.values(), ...flows];
  return ({ kind, data }) => {
    const who = [data.team_id, data.user_id, data.flow_id].flatMap(
      (id) => named.find((one) => one.id === id)?.name ?? [],
    );
    const words = t(`bots.effects.${kind}` as TextKey, { ...data, who: who.join(", ") || t("bots.anyone") });
    return typeof data.words === "string" && data.words !== "" ? `${words}. ${data.words}` : words;
  };
}
