/** Every call of the model, in full: what left the house, what came back, what it cost. */
import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { usePeople } from "../api/hooks";
import { locale, useTranslation } from "../i18n";
import common from "../settings/settings.module.css";
import { Broken } from "../ui/States";
import { When } from "../ui/When";
import { type AssistantCall, callsQuery } from "./assistantQueries";
import classes from "./bots.module.css";

export function AssistantLog() {
  const { t } = useTranslation();
  const found = useInfiniteQuery(callsQuery);
  const calls = found.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <h3 className={common.section}>{t("bots.assistant.log")}</h3>
      <p className={classes.quiet}>{calls.length === 0 ? t("bots.assistant.logNone") : t("bots.assistant.logText")}</p>
      {found.isError && <Broken error={found.error} retry={() => void found.refetch()} />}
      <ul className={classes.log}>
        {calls.map((call) => (
          <li key={call.id}>
            <Call call={call} />
          </li>
        ))}
      </ul>
      {found.hasNextPage && (
        <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t("common.more")}
        </Button>
      )}
    </>
  );
}

function Call({ call }: { call: AssistantCall }) {
  const { t } = useTranslation();
  const people = usePeople();
  const number = new Intl.NumberFormat(locale());
  const who = call.user_id === null ? t("bots.assistant.aBot") : (people.get(call.user_id)?.name ?? "");
  return (
    <details>
      <summary>
        <strong>{t(`bots.assistant.tasks.${call.task}`)}</strong>{" "}
        <span className={classes.state} data-on={call.outcome === "answered" || undefined}>
          {t(`bots.assistant.outcomes.${call.outcome}`)}
        </span>{" "}
        <small>
          {who} · <When at={call.at} as="ago" /> ·{" "}
          {t("bots.assistant.cost", {
            tokens: number.format(call.tokens_in + call.tokens_out),
            seconds: number.format(Math.round(call.seconds * 10) / 10),
          })}
        </small>
      </summary>
      {call.error !== "" && <p className={classes.bad}>{call.error}</p>}
      {call.prompt.map(([role, text]) => (
        <div key={`${role} ${text}`}>
          <small>{t("bots.assistant.sent", { role })}</small>
          <pre>{text}</pre>
        </div>
      ))}
      {call.answer !== "" && (
        <>
          <small>{t("bots.assistant.cameBack", { model: call.model })}</small>
          <pre>{call.answer}</pre>
        </>
      )}
    </details>
  );
}
