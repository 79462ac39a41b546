/** A text that becomes a field when clicked; Enter or leaving it saves, Esc takes it back. */
import { Textarea, TextInput } from "@mantine/core";
import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "../i18n";
import classes from "./contact.module.css";

interface EditableTextProps {
  label: string;
  value: string;
  save: (value: string) => Promise<unknown>;
  empty?: string;
  required?: boolean;
  multiline?: boolean;
  disabled?: boolean;
  className?: string;
}

export function EditableText({
  label,
  value,
  save,
  empty = "",
  required = false,
  multiline = false,
  disabled = false,
  className = "",
}: EditableTextProps) {
  const { t } = useTranslation();
  const [text, setText] = useState<string | null>(null);
  if (text === null) {
    if (disabled) return <p className={`${classes.editable} ${className}`}>{value || empty}</p>;
    return (
      <button
        type="button"
        className={`${classes.editable} ${className}`}
        data-empty={value === "" || undefined}
        title={t("contact.edit", { label })}
        onClick={() => setText(value)}
      >
        <span className="srOnly">{label}: </span>
        {value || empty || label}
      </button>
    );
  }
  const finish = async () => {
    const next = text.trim();
    if (next !== value && !(required && next === "")) {
      // A failure is told by the one who saves; the old value shows again.
      await save(next).catch(() => undefined);
    }
    setText(null);
  };
  const field = {
    autoFocus: true,
    "aria-label": label,
    value: text,
    onBlur: () => void finish(),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key === "Escape") {
        event.stopPropagation();
        setText(null);
      }
      if (event.key === "Enter" && (!multiline || event.ctrlKey || event.metaKey) && !event.nativeEvent.isComposing)
        void finish();
    },
  };
  return multiline ? (
    <Textarea autosize minRows={2} maxRows={12} {...field} onChange={(event) => setText(event.currentTarget.value)} />
  ) : (
    <TextInput {...field} onChange={(event) => setText(event.currentTarget.value)} />
  );
}
