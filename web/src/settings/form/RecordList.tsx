/** A list of small records in a form: each in its own frame, with a way to add and to remove. */
import { Button, Fieldset, Group, Input, Stack } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "../../i18n";
import { defaultsOf, type JsonSchema } from "./schema";
import { RecordFields, type SchemaFieldProps } from "./SchemaField";

interface RecordListProps extends SchemaFieldProps {
  label: string;
  description: string | undefined;
  items: JsonSchema;
}

export function RecordList({ label, description, items, root, path, value, errors, onChange }: RecordListProps) {
  const { t } = useTranslation();
  const records: readonly unknown[] = Array.isArray(value) ? value : [];
  return (
    <Input.Wrapper label={label} description={description}>
      <Stack gap="sm" mt={6}>
        {records.map((record, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- the records have no ids; only their place tells them apart
          <Fieldset key={index} legend={`${items.title ?? label} ${index + 1}`}>
            <RecordFields
              path={`${path}.${index}`}
              schema={items}
              root={root}
              value={record}
              errors={errors}
              onChange={(next) => onChange(records.map((item, at) => (at === index ? next : item)))}
            />
            <Group justify="flex-end" mt="sm">
              <Button
                variant="subtle"
                color="red"
                size="compact-sm"
                leftSection={<IconTrash size={14} />}
                onClick={() => onChange(records.filter((_item, at) => at !== index))}
              >
                {t("form.remove")}
              </Button>
            </Group>
          </Fieldset>
        ))}
        <Button
          variant="default"
          style={{ alignSelf: "flex-start" }}
          leftSection={<IconPlus size={15} />}
          onClick={() => onChange([...records, defaultsOf(items, root)])}
        >
          {t("form.add")}
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}
