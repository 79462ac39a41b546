/** The custom fields of a contact: name and value, in their order. */
import { Button, TextInput } from "@mantine/core";
import { IconPlus, IconX } from "@tabler/icons-react";
import { useState } from "react";
import type { Contact } from "../api/types";
import { useTranslation } from "../i18n";
import { IconButton } from "../ui/IconButton";
import { useChangeContact } from "./changeContact";
import classes from "./contact.module.css";
import { EditableText } from "./EditableText";

export function Fields({ contact, disabled }: { contact: Contact; disabled: boolean }) {
  const { t } = useTranslation();
  const change = useChangeContact(contact);
  const [adding, setAdding] = useState(false);
  const [name, setName] = useState("");
  const [value, setValue] = useState("");
  const fields = contact.fields.map(([key = "", content = ""]): [string, string] => [key, content]);
  const save = (next: [string, string][]) => change.mutateAsync({ fields: next });
  return (
    <>
      {fields.length > 0 && (
        <dl className={classes.facts}>
          {fields.map(([key, content], index) => (
            <div key={key} className={classes.fact}>
              <dt>{key}</dt>
              <dd>
                <EditableText
                  label={key}
                  value={content}
                  empty="—"
                  disabled={disabled}
                  save={(next) => save(fields.map((field, at) => (at === index ? [key, next] : field)))}
                />
                {!disabled && (
                  <IconButton
                    size={22}
                    label={t("contact.removeField", { name: key })}
                    onClick={() => void save(fields.filter((_field, at) => at !== index)).catch(() => undefined)}
                  >
                    <IconX size={13} />
                  </IconButton>
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {!disabled && !adding && (
        <Button
          className={classes.add ?? ""}
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconPlus size={14} />}
          onClick={() => setAdding(true)}
        >
          {t("contact.addField")}
        </Button>
      )}
      {adding && (
        <form
          className={classes.fieldForm}
          onSubmit={(event) => {
            event.preventDefault();
            void save([...fields, [name.trim(), value.trim()]]).then(
              () => {
                setAdding(false);
                setName("");
                setValue("");
              },
              () => undefined,
            );
          }}
        >
          <TextInput
            autoFocus
            required
            label={t("contact.fieldName")}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            error={fields.some(([key]) => key === name.trim()) && t("contact.fieldTaken")}
          />
          <TextInput
            label={t("contact.fieldValue")}
            value={value}
            onChange={(event) => setValue(event.currentTarget.value)}
          />
          <Button type="submit" disabled={name.trim() === "" || fields.some(([key]) => key === name.trim())}>
            {t("common.save")}
          </Button>
          <Button variant="default" onClick={() => setAdding(false)}>
            {t("common.cancel")}
          </Button>
        </form>
      )}
    </>
  );
}
