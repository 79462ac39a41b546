/** A form drawn from a connector's settings schema: what a newcomer needs first, the rest behind "more". */
import { Button, Stack } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useState } from "react";
import type { FieldError } from "../../api/problem";
import { useTranslation } from "../../i18n";
import { applies, fieldGroups, type JsonSchema, type Values } from "./schema";
import { SchemaField } from "./SchemaField";

interface SchemaFormProps {
  schema: JsonSchema;
  values: Values;
  /** Settings as stored: tells which secrets are set. */
  stored: Values | null;
  errors: readonly FieldError[];
  onChange: (values: Values) => void;
}

/** The path of a setting, wherever the server counted it from. */
export const pathIn = (field: string): string => field.replace(/^(?:body\.)?settings\./, "");

/** The message for a field. */
export function errorFor(errors: readonly FieldError[], path: string): string | undefined {
  return errors.find((error) => pathIn(error.field) === path)?.message;
}

/** The first message for a field or anything inside it. */
export function errorIn(errors: readonly FieldError[], path: string): string | undefined {
  return errors.find((error) => `${pathIn(error.field)}.`.startsWith(`${path}.`))?.message;
}

export function SchemaForm({ schema, values, stored, errors, onChange }: SchemaFormProps) {
  const { t } = useTranslation();
  // Which fields come first is settled when the form opens: none may jump while one types.
  const [groups] = useState(() => fieldGroups(schema, values));
  const [open, setOpen] = useState(false);
  const hidden = groups.more.some((name) => errorIn(errors, name) !== undefined);
  const field = (name: string) => {
    const spec = schema.properties?.[name];
    return (
      spec !== undefined &&
      applies(spec, values) && (
        <SchemaField
          key={name}
          name={name}
          path={name}
          schema={spec}
          root={schema}
          required={schema.required?.includes(name) ?? false}
          value={values[name]}
          secretSet={stored?.[`${name}_set`] === true}
          errors={errors}
          onChange={(value) => onChange({ ...values, [name]: value })}
        />
      )
    );
  };
  return (
    <Stack gap="md">
      {groups.first.map(field)}
      {groups.more.length > 0 && (
        <Button
          variant="subtle"
          color="gray"
          style={{ alignSelf: "flex-start" }}
          aria-expanded={open || hidden}
          rightSection={<IconChevronDown size={15} style={{ transform: open || hidden ? "rotate(180deg)" : "none" }} />}
          onClick={() => setOpen(!open)}
        >
          {t("form.more", { count: groups.more.length })}
        </Button>
      )}
      {(open || hidden) && groups.more.map(field)}
    </Stack>
  );
}
