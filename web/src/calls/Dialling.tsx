/** The rules of dialling: which countries and numbers may be called, and how often. */
import { Button, MultiSelect, NumberInput, Switch, TagsInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { useMay } from "../api/hooks";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { Broken, RowSkeletons } from "../ui/States";
import { toast } from "../ui/toast";
import { countryOptions } from "./countries";
import { type DialRules, dialRulesQuery } from "./lineQueries";
import classes from "./lines.module.css";

export function Dialling() {
  const { t } = useTranslation();
  const rules = useQuery(dialRulesQuery);
  return (
    <section className={classes.section}>
      <h3>{t("calls.lines.dialling")}</h3>
      <p className={classes.quiet}>{t("calls.lines.diallingText")}</p>
      {rules.isPending && <RowSkeletons rows={3} />}
      {rules.isError && <Broken error={rules.error} retry={() => void rules.refetch()} />}
      {rules.data !== undefined && <Rules kept={rules.data} />}
    </section>
  );
}

function Rules({ kept }: { kept: DialRules }) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const mayWrite = useMay("dialling_write");
  const [rules, setRules] = useState(kept);
  const set = (part: Partial<DialRules>) => setRules({ ...rules, ...part });
  const save = useMutation({
    mutationFn: () => body(client.PUT("/dialling", { body: rules })),
    onSuccess: (saved) => {
      queries.setQueryData(dialRulesQuery.queryKey, saved);
      toast.done(t("calls.lines.saved"));
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      <fieldset className={classes.group} disabled={!mayWrite}>
        <MultiSelect
          label={t("calls.lines.countries")}
          description={t("calls.lines.countriesHint")}
          data={countryOptions(i18n.language)}
          value={rules.countries}
          onChange={(countries) => set({ countries })}
          searchable
          clearable
        />
        <TagsInput
          label={t("calls.lines.prefixes")}
          description={t("calls.lines.prefixesHint")}
          value={rules.blocked_prefixes}
          onChange={(blocked_prefixes) => set({ blocked_prefixes })}
        />
        <Switch
          label={t("calls.lines.premium")}
          checked={rules.premium}
          onChange={(event) => set({ premium: event.currentTarget.checked })}
        />
        <div className={classes.pair}>
          <NumberInput
            label={t("calls.lines.perHour")}
            min={0}
            max={10_000}
            value={rules.per_hour}
            onChange={(value) => set({ per_hour: Number(value) || 0 })}
          />
          <NumberInput
            label={t("calls.lines.perDay")}
            min={0}
            max={100_000}
            value={rules.per_day}
            onChange={(value) => set({ per_day: Number(value) || 0 })}
          />
        </div>
        {save.isError && (
          <p role="alert" className={classes.bad}>
            {inWords(save.error)}
          </p>
        )}
        {mayWrite && (
          <div>
            <Button type="submit" loading={save.isPending}>
              {t("common.save")}
            </Button>
          </div>
        )}
      </fieldset>
    </form>
  );
}
