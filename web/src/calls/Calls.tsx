/** The calls: what came and went, and the board of those who called in vain. */
import { MultiSelect, SegmentedControl } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useMay, usePeople } from "../api/hooks";
import { useTranslation } from "../i18n";
import place from "../ui/place.module.css";
import { NotAllowed } from "../ui/States";
import { Board } from "./Board";
import { CallList } from "./CallList";
import { CallTabs } from "./CallTabs";
import { LiveCalls } from "./LiveCalls";
import classes from "./calls.module.css";
import { linesQuery } from "./queries";
import { type CallSearch, OUTCOMES } from "./search";

export function Calls() {
  const { t } = useTranslation();
  const { page = "list" } = useParams({ strict: false });
  const search = useSearch({ from: "/inside/calls" });
  const mayRead = useMay("calls_read");
  const mayListen = useMay("calls_supervise");
  if (!mayRead || (page === "live" && !mayListen)) return <NotAllowed />;
  return (
    <div className={place.place}>
      <header className={place.head}>
        <h1>{t("calls.title")}</h1>
        <CallTabs page={page} />
        {page === "list" && <Filters search={search} />}
      </header>
      <div className={classes.body}>
        {page === "missed" ? <Board /> : page === "live" ? <LiveCalls /> : <CallList search={search} />}
      </div>
    </div>
  );
}

function Filters({ search }: { search: CallSearch }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const people = usePeople();
  const lines = useQuery(linesQuery).data ?? [];
  const ask = (part: { [Key in keyof CallSearch]: CallSearch[Key] | undefined }) =>
    void navigate({
      to: "/calls/$page",
      params: { page: "list" },
      search: Object.fromEntries(
        Object.entries({ ...search, ...part }).filter(([, value]) => value !== undefined),
      ) as CallSearch,
    });
  const some = <T,>(list: T[]): T[] | undefined => (list.length === 0 ? undefined : list);
  return (
    <div className={classes.filters}>
      <SegmentedControl
        size="xs"
        aria-label={t("calls.direction")}
        value={search.direction ?? "all"}
        onChange={(value) => ask({ direction: value === "inbound" || value === "outbound" ? value : undefined })}
        data={(["all", "inbound", "outbound"] as const).map((value) => ({
          value: value as string,
          label: t(`calls.directions.${value}`),
        }))}
      />
      <MultiSelect
        aria-label={t("calls.outcome")}
        placeholder={search.outcome === undefined ? t("calls.outcome") : ""}
        data={OUTCOMES.map((one) => ({ value: one as string, label: t(`calls.outcomes.${one}`) }))}
        value={search.outcome ?? []}
        onChange={(value) => ask({ outcome: some(OUTCOMES.filter((one) => value.includes(one))) })}
        clearable
        maw={320}
      />
      <MultiSelect
        aria-label={t("calls.agent")}
        placeholder={search.agent === undefined ? t("calls.agent") : ""}
        data={[...people.values()].map((user) => ({ value: user.id, label: user.name }))}
        value={search.agent ?? []}
        onChange={(value) => ask({ agent: some(value) })}
        clearable
        maw={260}
      />
      {lines.length > 0 && (
        <MultiSelect
          aria-label={t("calls.line")}
          placeholder={search.line === undefined ? t("calls.line") : ""}
          data={lines.map((line) => ({ value: line.id, label: line.name }))}
          value={search.line ?? []}
          onChange={(value) => ask({ line: some(value) })}
          clearable
          maw={260}
        />
      )}
    </div>
  );
}
