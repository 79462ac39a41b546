/** "Check": asks the provider whether these settings work, and says what came of it. */
import { useMutation } from "@tanstack/react-query";
import { body, client } from "../api/client";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import type { Values } from "./form/schema";
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

export function CheckNotice({
  check,
  error,
}: {
  check: { ok: boolean; address: string; detail: string } | undefined;
  error: unknown;
}) {
  const { t } = useTranslation();
  if (error !== null && error !== undefined) {
    return (
      <div className={classes.notice} data-tone="bad" role="alert">
        <p>{inWords(error)}</p>
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
