/** "Check": asks the provider whether these settings work, and says what came of it. */
import { useMutation } from "@tanstack/react-query";
import { body, client } from "../api/client";
import { ApiError, inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { type JsonSchema, placeOf, type Values } from "./form/schema";
import { pathIn } from "./form/SchemaForm";
import classes from "./settings.module.css";

/** A check of settings that are not saved; secrets left out are those of the channel. */
export function useCheck(connectorKey: string, channelId: string | null) {
  return useMutation({
    mutationFn: (settings: Values) =>
      body(
        client.POST("/connectors/{key}/check", {
          params: { path: { key: connectorKey } },
          body: { settings, channel_id: channelId },
        }),
      ),
  });
}

/** What is wrong with the settings as a whole has no place. */
const said = (place: string, message: string) => (place === "" ? message : `${place}: ${message}`);

export function CheckNotice({
  check,
  error,
  schema,
}: {
  check: { ok: boolean; address: string; detail: string } | undefined;
  error: unknown;
  schema: JsonSchema;
}) {
  const { t } = useTranslation();
  if (error !== null && error !== undefined) {
    return (
      <div className={classes.notice} data-tone="bad" role="alert">
        {error instanceof ApiError && error.fields.length > 0 ? (
          <>
            <p>{t("settings.wrong")}</p>
            <ul>
              {error.fields.map(({ field, message }) => (
                <li key={`${field} ${message}`}>{said(placeOf(pathIn(field), schema), message)}</li>
              ))}
            </ul>
          </>
        ) : (
          <p>{inWords(error)}</p>
        )}
      </div>
    );
  }
  if (check === undefined) return null;
  return (
    <div className={classes.notice} data-tone={check.ok ? "good" : "bad"} role="status">
      <p>{check.ok ? t("channel.checkOk", { address: check.address }) : check.detail}</p>
      {check.ok && check.detail !== "" && <p>{check.detail}</p>}
    </div>
  );
}
