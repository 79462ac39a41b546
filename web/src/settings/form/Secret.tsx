/** A secret in a form: never shown, kept if nothing is typed, removable where it is optional. */
import { Button, PasswordInput } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "../../i18n";
import classes from "./form.module.css";

interface SecretProps {
  label: string;
  description: ReactNode;
  error: string | undefined;
  required: boolean;
  stored: boolean;
  removable: boolean;
  placeholder: string;
  /** null: the stored one is to be removed. */
  value: unknown;
  onChange: (value: string | null) => void;
}

export function Secret({ stored, removable, placeholder, value, onChange, ...rest }: SecretProps) {
  const { t } = useTranslation();
  const forgotten = stored && value === null;
  return (
    <div>
      <PasswordInput
        {...rest}
        autoComplete="new-password"
        placeholder={stored && !forgotten ? t("form.secretKept") : placeholder}
        value={typeof value === "string" ? value : ""}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {stored && removable && (
        <div className={classes.secret} role="status">
          {forgotten && t("form.forgotten")}
          <Button size="compact-sm" variant="subtle" color="gray" onClick={() => onChange(forgotten ? "" : null)}>
            {forgotten ? t("common.cancel") : t("form.forget")}
          </Button>
        </div>
      )}
    </div>
  );
}
