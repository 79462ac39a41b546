/** Writes a rule: when, if, then; says it back in a sentence, and tries it on last week before anything is done. */
import { Button, Group, MultiSelect, NumberInput, Stack, Switch, TagsInput, TextInput } from "@mantine/core";
import { useState } from "react";
import { body, client } from "../api/client";
import { newId } from "../api/ids";
import { useTranslation } from "../i18n";
import { isWhole } from "../macros/actions";
import { ActionList } from "../macros/ActionList";
import { RecordModal } from "../ui/RecordModal";
import { Conditions } from "./Conditions";
import { rulesKey, sent } from "./queries";
import { chosen, isTimed, type Rule, type RuleBody, TRIGGERS } from "./rules";
import classes from "./rules.module.css";
import { Steps } from "./Steps";
import { TryHere } from "./TryHere";
import { TryPanel } from "./TryPanel";
import { useSentence } from "./useSentence";

interface RuleFormProps {
  rule: Rule | null;
  name: string;
  body: RuleBody;
  close: () => void;
}

export function RuleForm({ rule, name: first, body: begun, close }: RuleFormProps) {
  const { t } = useTranslation();
  const [id] = useState(() => rule?.id ?? newId());
  const [name, setName] = useState(first);
  const [said, setSaid] = useState(begun);
  const [trying, setTrying] = useState(false);
  const params = { path: { rule_id: id } };
  const save = () =>
    rule === null
      ? body(client.POST("/rules", { body: { id, name, body: sent(said) } }))
      : body(client.PUT("/rules/{rule_id}", { params, body: { name, body: sent(said) } }));
  const remove = () => body(client.DELETE("/rules/{rule_id}", { params }));
  const put = (changed: Partial<RuleBody>) => {
    setTrying(false);
    setSaid({ ...said, ...changed });
  };
  const whole =
    said.triggers.length > 0 &&
    [said.actions, ...said.steps.map((step) => step.actions)].every((list) => list.length > 0 && list.every(isWhole));
  return (
    <RecordModal
      isNew={rule === null}
      words={{
        add: t("rules.add"),
        edit: t("rules.edit"),
        remove: t("rules.remove"),
        removeText: t("rules.removeText"),
      }}
      save={save}
      remove={remove}
      listKey={rulesKey}
      close={close}
      whole={whole}
      wide
      beside={
        <Button variant="default" disabled={!whole || trying} onClick={() => setTrying(true)}>
          {t("rules.try")}
        </Button>
      }
    >
      <TextInput
        label={t("rules.name")}
        required
        maxLength={100}
        data-autofocus
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <When body={said} put={put} />
      <fieldset className={classes.part}>
        <legend>{t("rules.ifAll")}</legend>
        <Conditions conditions={said.conditions} change={(conditions) => put({ conditions })} />
      </fieldset>
      <fieldset className={classes.part}>
        <legend>{t(isTimed(said.triggers[0]) ? "rules.thenTimed" : "rules.then")}</legend>
        <ActionList actions={said.actions} change={(actions) => put({ actions })} />
      </fieldset>
      {isTimed(said.triggers[0]) && <Steps steps={said.steps} change={(steps) => put({ steps })} />}
      <Manners body={said} put={put} />
      <Sentence body={said} />
      {trying && <TryPanel body={said} />}
      {whole && <TryHere body={said} />}
    </RecordModal>
  );
}

/** What every contact has, beside fields of one's own. */
const CONTACT_FIELDS = ["name", "company", "language", "source", "notes", "phone", "email"];

interface PartProps {
  body: RuleBody;
  put: (changed: Partial<RuleBody>) => void;
}

function When({ body: said, put }: PartProps) {
  const { t } = useTranslation();
  const turn = (values: readonly string[]) => {
    const triggers = chosen(
      said.triggers,
      TRIGGERS.filter((on) => values.includes(on)),
    );
    const timed = isTimed(triggers[0]);
    put({
      triggers,
      timing: timed ? (said.timing ?? { minutes: 60, business: true }) : null,
      steps: timed ? said.steps : [],
      contact_fields: triggers.includes("contact_changed") ? said.contact_fields : [],
      auto_reply: said.auto_reply && triggers.length === 1 && triggers[0] === "message_in",
    });
  };
  const { timing } = said;
  return (
    <fieldset className={classes.part}>
      <legend>{t("rules.when")}</legend>
      <MultiSelect
        aria-label={t("rules.when")}
        placeholder={said.triggers.length === 0 ? t("macros.choose") : ""}
        value={[...said.triggers]}
        data={TRIGGERS.map((value) => ({ value, label: t(`rules.triggers.${value}`) }))}
        onChange={turn}
        searchable
      />
      {said.triggers.includes("contact_changed") && (
        <TagsInput
          mt="xs"
          label={t("rules.contactFields")}
          description={t("rules.contactFieldsText")}
          placeholder={said.contact_fields.length === 0 ? t("rules.anyField") : ""}
          maxTags={20}
          acceptValueOnBlur
          data={CONTACT_FIELDS}
          value={[...said.contact_fields]}
          onChange={(contact_fields) => put({ contact_fields })}
        />
      )}
      {timing !== null && (
        <Group align="flex-end" mt="xs">
          <NumberInput
            label={t("rules.minutes")}
            min={1}
            max={86_400}
            value={timing.minutes}
            onChange={(value) => put({ timing: { ...timing, minutes: Math.max(1, Math.round(Number(value))) } })}
          />
          <Switch
            label={t("rules.openMinutes")}
            checked={timing.business}
            onChange={(event) => put({ timing: { ...timing, business: event.currentTarget.checked } })}
            mb={8}
          />
        </Group>
      )}
    </fieldset>
  );
}

function Manners({ body: said, put }: PartProps) {
  const { t } = useTranslation();
  const mayAnswer = said.triggers.length === 1 && said.triggers[0] === "message_in";
  return (
    <Stack gap="xs">
      {mayAnswer && (
        <Switch
          label={t("rules.autoReply")}
          description={t("rules.autoReplyText")}
          checked={said.auto_reply}
          onChange={(event) => put({ auto_reply: event.currentTarget.checked })}
        />
      )}
      {!said.auto_reply && (
        <Switch
          label={t("rules.once")}
          checked={said.once}
          onChange={(event) => put({ once: event.currentTarget.checked })}
        />
      )}
      <Switch
        label={t("rules.stop")}
        checked={said.stop}
        onChange={(event) => put({ stop: event.currentTarget.checked })}
      />
    </Stack>
  );
}

function Sentence({ body: said }: { body: RuleBody }) {
  const { t } = useTranslation();
  const sentence = useSentence()(said);
  return (
    <div className={classes.sentence} aria-live="polite">
      <p>
        <strong>{t("rules.whenWord")}</strong> {sentence.when || "…"}
      </p>
      {sentence.if !== "" && (
        <p>
          <strong>{t("rules.ifWord")}</strong> {sentence.if}
        </p>
      )}
      <p>
        <strong>{t("rules.thenWord")}</strong> {sentence.does || "…"}
      </p>
      {sentence.later.map((words) => (
        <p key={words}>{words}</p>
      ))}
    </div>
  );
}
