/** The assistant's settings: endpoint, key, limits of a day, what is taken out before a text leaves. */
import { Button, Checkbox, Group, NumberInput, PasswordInput, Stack, Switch, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import common from "../settings/settings.module.css";
import { toast } from "../ui/toast";
import { type AssistantSettings, assistantSettingsQuery } from "./assistantQueries";
import classes from "./bots.module.css";

type Edit = Omit<AssistantSettings, "api_key_set">;

export function AssistantForm({ settings }: { settings: AssistantSettings }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const { api_key_set: keySet, ...begun } = settings;
  const [edit, setEdit] = useState<Edit>(begun);
  const [key, setKey] = useState("");
  const change = (more: Partial<Edit>) => setEdit((now) => ({ ...now, ...more }));
  const save = useMutation({
    mutationFn: (more: { api_key?: string }) =>
      body(
        client.PATCH("/assistant/settings", {
          body: { ...edit, url: edit.url.trim(), model: edit.model.trim(), ...more },
        }),
      ),
    onSuccess: async (after) => {
      setKey("");
      queries.setQueryData(assistantSettingsQuery.queryKey, after);
      await queries.invalidateQueries({ queryKey: ["assistant", "state"] });
      toast.done(t("bots.saved"));
    },
  });
  const number = (
    name: "tokens_per_day" | "money_per_day" | "price_in" | "price_out" | "seconds" | "answer_tokens",
  ) => ({
    label: t(`bots.assistant.${name}`),
    value: edit[name],
    min: 0,
    onChange: (value: number | string) => change({ [name]: Number(value) }),
  });
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(key === "" ? {} : { api_key: key });
      }}
    >
      <Stack>
        <Switch
          label={t("bots.assistant.enabled")}
          description={t("bots.assistant.enabledText")}
          checked={edit.enabled}
          onChange={(event) => change({ enabled: event.currentTarget.checked })}
        />
        <Switch
          label={t("bots.assistant.forBots")}
          description={t("bots.assistant.forBotsText")}
          checked={edit.for_bots}
          disabled={!edit.enabled}
          onChange={(event) => change({ for_bots: event.currentTarget.checked })}
        />
        <TextInput
          label={t("bots.assistant.url")}
          description={t("bots.assistant.urlText")}
          type="url"
          placeholder="https://api.example.com/v1"
          required={edit.enabled}
          value={edit.url}
          onChange={(event) => change({ url: event.currentTarget.value })}
        />
        <Group grow align="flex-start">
          <TextInput
            label={t("bots.assistant.model")}
            required={edit.enabled}
            value={edit.model}
            onChange={(event) => change({ model: event.currentTarget.value })}
          />
          <PasswordInput
            label={t("bots.assistant.key")}
            placeholder={keySet ? t("bots.assistant.keySet") : ""}
            autoComplete="off"
            value={key}
            onChange={(event) => setKey(event.currentTarget.value)}
          />
        </Group>
        {keySet && (
          <Button
            variant="subtle"
            size="compact-sm"
            style={{ alignSelf: "flex-end" }}
            onClick={() => save.mutate({ api_key: "" })}
          >
            {t("bots.assistant.keyAway")}
          </Button>
        )}
        <h3 className={common.section}>{t("bots.assistant.limits")}</h3>
        <Group grow align="flex-start">
          <NumberInput {...number("tokens_per_day")} max={1_000_000_000} thousandSeparator=" " allowDecimal={false} />
          <NumberInput
            {...number("money_per_day")}
            max={100_000}
            description={edit.price_in + edit.price_out === 0 ? t("bots.assistant.moneyText") : undefined}
            inputWrapperOrder={["label", "input", "description"]}
          />
          <TextInput
            label={t("bots.assistant.currency")}
            maxLength={3}
            value={edit.currency}
            onChange={(event) => change({ currency: event.currentTarget.value.toUpperCase() })}
          />
        </Group>
        <Group grow align="flex-start">
          <NumberInput {...number("price_in")} max={100_000} />
          <NumberInput {...number("price_out")} max={100_000} />
        </Group>
        <Group grow align="flex-start">
          <NumberInput {...number("seconds")} min={1} />
          <NumberInput {...number("answer_tokens")} min={16} max={8000} allowDecimal={false} />
        </Group>
        <Checkbox.Group
          label={t("bots.assistant.redact")}
          description={t("bots.assistant.redactText")}
          value={edit.redact}
          onChange={(redact) => change({ redact: redact as Edit["redact"] })}
        >
          <Group mt="xs">
            <Checkbox value="email" label={t("bots.assistant.redactEmail")} />
            <Checkbox value="phone" label={t("bots.assistant.redactPhone")} />
          </Group>
        </Checkbox.Group>
        {save.isError && (
          <p role="alert" className={classes.bad}>
            {inWords(save.error)}
          </p>
        )}
        <Button type="submit" loading={save.isPending} style={{ alignSelf: "flex-start" }}>
          {t("common.save")}
        </Button>
      </Stack>
    </form>
  );
}
