/** One field of a schema form, by its kind. */
import {
  ColorInput,
  Fieldset,
  JsonInput,
  MultiSelect,
  NumberInput,
  PasswordInput,
  Select,
  Stack,
  Switch,
  TagsInput,
  Textarea,
  TextInput,
} from "@mantine/core";
import type { FieldError } from "../../api/problem";
import { useTranslation } from "../../i18n";
import { RecordList } from "./RecordList";
import { defaultsOf, type JsonSchema, kindOf, resolve, variantsOf, type Values, withoutNull } from "./schema";
import { errorFor } from "./SchemaForm";

export interface SchemaFieldProps {
  name: string;
  path: string;
  schema: JsonSchema;
  root: JsonSchema;
  required: boolean;
  value: unknown;
  secretSet?: boolean;
  errors: readonly FieldError[];
  onChange: (value: unknown) => void;
}

export const asRecord = (value: unknown): Values =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Values) : {};
const asTexts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
const asText = (value: unknown): string =>
  typeof value === "string" ? value : value === null || value === undefined ? "" : String(value);

function example(schema: JsonSchema): string {
  const first = schema.examples?.[0];
  if (first === undefined) return "";
  return Array.isArray(first) ? first.join(", ") : String(first);
}

export function SchemaField(props: SchemaFieldProps) {
  const { t } = useTranslation();
  const { name, path, root, value, required, errors, onChange, secretSet = false } = props;
  const { schema, nullable } = withoutNull(props.schema, root);
  const kind = kindOf(props.schema, root);
  const common = {
    label: schema.title ?? name,
    description: schema.description?.replaceAll("`", ""),
    required,
    error: errorFor(errors, path),
  };
  const placeholder = example(schema);
  switch (kind) {
    case "secret":
      return (
        <PasswordInput
          {...common}
          required={required && !secretSet}
          autoComplete="new-password"
          placeholder={secretSet ? t("form.secretKept") : placeholder}
          value={asText(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "choice":
      return (
        <Select
          {...common}
          data={(schema.enum ?? []).map((option) => ({ value: String(option), label: optionName(String(option)) }))}
          value={value === null ? null : String(value)}
          allowDeselect={nullable}
          clearable={nullable}
          onChange={onChange}
        />
      );
    case "choices":
      return (
        <MultiSelect
          {...common}
          data={(resolve(schema.items ?? {}, root).enum ?? []).map((option) => ({
            value: String(option),
            label: optionName(String(option)),
          }))}
          value={asTexts(value)}
          onChange={onChange}
        />
      );
    case "number":
      return (
        <NumberInput
          {...common}
          allowDecimal={schema.type === "number"}
          {...(schema.minimum === undefined ? {} : { min: schema.minimum })}
          {...(schema.maximum === undefined ? {} : { max: schema.maximum })}
          value={typeof value === "number" ? value : ""}
          onChange={(next) => onChange(next === "" ? null : Number(next))}
          thousandSeparator={false}
        />
      );
    case "switch":
      return (
        <Switch
          label={common.label}
          description={common.description}
          error={common.error}
          checked={value === true}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case "yesNoDefault":
      return (
        <Select
          {...common}
          data={[
            { value: "auto", label: t("form.auto") },
            { value: "yes", label: t("form.yes") },
            { value: "no", label: t("form.no") },
          ]}
          value={value === null || value === undefined ? "auto" : value === true ? "yes" : "no"}
          onChange={(next) => onChange(next === "auto" ? null : next === "yes")}
        />
      );
    case "color":
      return <ColorInput {...common} value={asText(value)} onChange={onChange} format="hex" withEyeDropper={false} />;
    case "texts":
      return (
        <TagsInput
          {...common}
          placeholder={asTexts(value).length === 0 ? placeholder : ""}
          value={asTexts(value)}
          onChange={onChange}
          splitChars={[",", " ", "\n"]}
          acceptValueOnBlur
        />
      );
    case "record":
      return (
        <Fieldset legend={common.label}>
          <RecordFields {...props} schema={schema} />
        </Fieldset>
      );
    case "records":
      return (
        <RecordList
          {...props}
          label={common.label}
          description={common.description}
          items={resolve(schema.items ?? {}, root)}
        />
      );
    case "variants":
      return <Variants {...props} schema={schema} />;
    case "longText":
      return (
        <Textarea
          {...common}
          autosize
          minRows={3}
          maxRows={12}
          placeholder={placeholder}
          value={asText(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "json":
      return (
        <JsonInput
          {...common}
          autosize
          formatOnBlur
          validationError={t("form.notJson")}
          defaultValue={value === "" || value === undefined ? "" : JSON.stringify(value, null, 2)}
          onChange={(text) => onChange(parsed(text))}
        />
      );
    case "text":
      return (
        <TextInput
          {...common}
          type={schema.format === "email" ? "email" : schema.format === "uri" ? "url" : "text"}
          placeholder={placeholder}
          {...(schema.maxLength === undefined ? {} : { maxLength: schema.maxLength })}
          autoComplete="off"
          value={asText(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
}

/** `starttls` stays a word of its trade, `my_choice` becomes "my choice". */
function optionName(value: string): string {
  return value.replaceAll("_", " ");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** The fields of an object inside the form. */
export function RecordFields({
  schema,
  root,
  value,
  path,
  errors,
  onChange,
  skip = "",
}: Omit<SchemaFieldProps, "name" | "required"> & { skip?: string }) {
  const values = asRecord(value);
  return (
    <Stack gap="sm">
      {Object.entries(schema.properties ?? {})
        .filter(([key]) => key !== skip)
        .map(([key, field]) => (
          <SchemaField
            key={key}
            name={key}
            path={`${path}.${key}`}
            schema={field}
            root={root}
            required={schema.required?.includes(key) ?? false}
            value={values[key]}
            secretSet={values[`${key}_set`] === true}
            errors={errors}
            onChange={(next) => onChange({ ...values, [key]: next })}
          />
        ))}
    </Stack>
  );
}

function Variants(props: SchemaFieldProps) {
  const { schema, root, value, name, onChange } = props;
  const mark = schema.discriminator?.propertyName ?? "";
  const variants = variantsOf(schema, root);
  const chosen = variants.find((variant) => variant.value === asRecord(value)[mark]) ?? variants[0];
  return (
    <Fieldset legend={schema.title ?? name}>
      <Stack gap="sm">
        <Select
          aria-label={schema.title ?? name}
          data={variants.map((variant) => ({ value: variant.value, label: variant.schema.title ?? variant.value }))}
          value={chosen?.value ?? null}
          onChange={(next) => {
            const variant = variants.find((item) => item.value === next);
            if (variant !== undefined) onChange({ ...defaultsOf(variant.schema, root), [mark]: variant.value });
          }}
        />
        {chosen !== undefined && <RecordFields {...props} schema={chosen.schema} skip={mark} />}
      </Stack>
    </Fieldset>
  );
}
