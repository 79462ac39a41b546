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
import { sent, type Tried } from "./queries";
import type { RuleBody } from "./rules";
import classes from "./rules.module.css";

/** So many are found before somebody asks for more. */
const ENOUGH = 100;

export function TryPanel({ body: said }: { body: RuleBody }) {
  const { t } = useTranslation();
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
    pages.flatMap((page) => page.items),
    said.once || said.auto_reply,
  );
  const going = hasNextPage && found.length < ENOUGH && error === null;
  useEffect(() => {
    if (going && !isFetching) void fetchNextPage();
  }, [going, isFetching, fetchNextPage]);
  const last = pages.at(-1);
  const untried = last?.untried ?? [];
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
          {t("rules.wouldHave", { count: found.length })} {t("rules.asNow")}
        </p>
      )}
      {untried.length > 0 && (
        <p>{t("rules.untried", { triggers: untried.map((on) => t(`rules.triggers.${on}`)).join(", ") })}</p>
      )}
      <ul className={classes.tried}>
        {found.map((one) => (
          <li key={`${one.conversation_id} ${one.at} ${one.on} ${one.percent}`}>
            <Link to="/inbox/$conversationId" params={{ conversationId: one.conversation_id }} target="_blank">
              <When at={one.at} />
            </Link>
            <span>{one.text}</span>
            <small>
              {one.percent !== 100 && `${one.percent} % · `}
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
