/** The assistant: where the model is, what a day may cost and has cost, and all that left the house. */
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { body, client } from "../api/client";
import { useMay } from "../api/hooks";
import { inWords } from "../api/problem";
import { locale, useTranslation } from "../i18n";
import { PageHead } from "../settings/PageHead";
import settings from "../settings/settings.module.css";
import { Broken, RowSkeletons } from "../ui/States";
import { toast } from "../ui/toast";
import { When } from "../ui/When";
import { AssistantForm } from "./AssistantForm";
import { AssistantLog } from "./AssistantLog";
import { assistantQuery, assistantSettingsQuery } from "./assistantQueries";
import classes from "./bots.module.css";

export default function Assistant() {
  const { t } = useTranslation();
  const mayRead = useMay("assistant_read");
  const found = useQuery(assistantSettingsQuery);
  if (found.isPending) return <RowSkeletons rows={4} />;
  if (found.isError) return <Broken error={found.error} retry={() => void found.refetch()} />;
  return (
    <>
      <PageHead
        title={t("settings.assistant.title")}
        text={t("settings.assistant.text")}
        action={found.data.enabled && <Check />}
      />
      <div className={settings.content}>
        <Today />
        <AssistantForm settings={found.data} />
        {mayRead && <AssistantLog />}
      </div>
    </>
  );
}

/** What today used up of what it may. */
function Today() {
  const { t } = useTranslation();
  const state = useQuery(assistantQuery).data;
  if (state === undefined || !state.enabled) return null;
  const number = new Intl.NumberFormat(locale());
  const money = new Intl.NumberFormat(locale(), { style: "currency", currency: state.currency });
  return (
    <>
      <dl className={settings.facts}>
        <dt>{t("bots.assistant.tokensToday")}</dt>
        <dd className="tabular">
          {t("bots.assistant.usedOf", {
            used: number.format(state.tokens_used),
            limit: number.format(state.tokens_per_day),
          })}{" "}
          <meter
            min={0}
            max={Math.max(state.tokens_per_day, 1)}
            value={state.tokens_used}
            aria-label={t("bots.assistant.tokensToday")}
          />
        </dd>
        <dt>{t("bots.assistant.moneyToday")}</dt>
        <dd className="tabular">
          {t("bots.assistant.usedOf", {
            used: money.format(state.money_used),
            limit: money.format(state.money_per_day),
          })}
        </dd>
        <dt>{t("bots.assistant.callsToday")}</dt>
        <dd className="tabular">{number.format(state.calls)}</dd>
      </dl>
      {state.rests_until !== null && (
        <p className={classes.bad} role="status">
          {t("bots.assistant.rests")} <When at={state.rests_until} as="clock" />
        </p>
      )}
    </>
  );
}

function Check() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const check = useMutation({
    mutationFn: () => body(client.POST("/assistant/check")),
    onSuccess: async (said) => {
      if (said.works) toast.done(t("bots.assistant.works", { seconds: said.seconds.toFixed(1) }));
      else toast.failure(t("bots.assistant.worksNot"), said.words);
      await queries.invalidateQueries({ queryKey: ["assistant"] });
    },
    onError: (error) => toast.failure(t("bots.assistant.worksNot"), inWords(error)),
  });
  return (
    <Button variant="default" loading={check.isPending} onClick={() => check.mutate()}>
      {t("bots.assistant.check")}
    </Button>
  );
}
