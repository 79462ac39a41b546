/** Tries a rule on last week, stretch by stretch: where it would have acted, and how. Nothing is done. */
import { Button, Progress } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { body, client } from "../api/client";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import type { Kind } from "../macros/actions";
import { When } from "../ui/When";
import { full } from "../ui/time";
import { sent, type Tried } from "./queries";
import type { On, RuleBody } from "./rules";
import classes from "./rules.module.css";

/** So many are found before somebody asks for more. */
const ENOUGH = 100;

export function TryPanel({ body: said }: { body: RuleBody }) {
  const { t, i18n } = useTranslation();
  const asked = useInfiniteQuery({
    queryKey: ["rules", "try", said],
    queryFn: ({ pageParam, signal }) =>
      body(client.POST("/rules/try", { body: { body: sent(said), cursor: pageParam }, signal })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    gcTime: 0,
    retry: false,
  });
  const { fetchNextPage, hasNextPage, isFetching, error } = asked;
  const pages = asked.data?.pages ?? [];
  const found = firstOnly(
    pages.flatMap((page) => page.items).toSorted((one, other) => Date.parse(one.at) - Date.parse(other.at)),
    said.once || said.auto_reply,
  );
  const going = hasNextPage && found.length < ENOUGH && error === null;
  useEffect(() => {
    if (going && !isFetching) void fetchNextPage();
  }, [going, isFetching, fetchNextPage]);
  const last = pages.at(-1);
  const named = (triggers: readonly On[]) => triggers.map((on) => t(`rules.triggers.${on}`)).join(", ");
  return (
    <section className={classes.try} aria-label={t("rules.try")}>
      {(isFetching || going) && (
        <Progress value={(last?.share ?? 0) * 100} aria-label={t("rules.looking")} size="sm" animated />
      )}
      {error !== null && (
        <p role="alert" className={classes.bad}>
          {inWords(error)}
        </p>
      )}
      {last !== undefined && (
        <p role="status">
          {t("rules.wouldHave", { count: found.length })} {t("rules.asNow")} {hasNextPage && t("rules.notAll")}
        </p>
      )}
      {last !== undefined && last.untried.length > 0 && <p>{t("rules.untried", { triggers: named(last.untried) })}</p>}
      {last !== undefined && last.kept_since !== null && (
        <p>
          {t("rules.partly", {
            triggers: named(last.partly),
            since: full(new Date(last.kept_since), i18n.language),
          })}
        </p>
      )}
      <ul className={classes.tried}>
        {found.map((one) => (
          <li key={`${one.conversation_id} ${one.at} ${one.on} ${one.percent}`}>
            <Link to="/inbox/$conversationId" params={{ conversationId: one.conversation_id }} target="_blank">
              <When at={one.at} />
            </Link>
            <span>{one.text || t(`rules.triggers.${one.on}`)}</span>
            <small>
              {one.percent !== 100 && `${one.percent} % · `}
              {said.triggers.length > 1 && one.text !== "" && `${named([one.on])} · `}
              {one.actions.length === 0
                ? t("rules.nothingToDo")
                : one.actions.map((kind) => t(`macros.kinds.${kind as Kind}`)).join(", ")}
            </small>
          </li>
        ))}
      </ul>
      {hasNextPage && !going && !isFetching && (
        <Button variant="default" onClick={() => void fetchNextPage()}>
          {t("rules.goOn")}
        </Button>
      )}
    </section>
  );
}

/** Returns each conversation's first time where a rule acts once. */
function firstOnly(found: readonly Tried[], once: boolean): readonly Tried[] {
  if (!once) return found;
  return [...new Map(found.toReversed().map((one) => [one.conversation_id, one])).values()].toReversed();
}
