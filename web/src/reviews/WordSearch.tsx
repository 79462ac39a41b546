/** What was said in any call, found by its words; each line leads to its second. */
import { Button, TextInput } from "@mantine/core";
import { IconSearch, IconTextScan2 } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { usePeople } from "../api/hooks";
import { useTranslation } from "../i18n";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import { duration } from "../ui/time";
import { When } from "../ui/When";
import { wordsQuery } from "./queries";
import classes from "./reviews.module.css";

export function WordSearch({ words }: { words: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [typed, setTyped] = useState(words);
  return (
    <div className={classes.rows}>
      <form
        role="search"
        className={classes.searchBar}
        onSubmit={(event) => {
          event.preventDefault();
          const q = typed.trim();
          void navigate({
            to: "/reviews/$callId",
            params: { callId: "words" },
            search: q === "" ? {} : { q },
          });
        }}
      >
        <TextInput
          aria-label={t("reviews.pages.words")}
          placeholder={t("reviews.pages.words")}
          leftSection={<IconSearch size={16} />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          data-autofocus
        />
        <Button type="submit">{t("reviews.find")}</Button>
      </form>
      {words === "" ? (
        <Empty
          icon={<IconTextScan2 size={28} stroke={1.5} />}
          title={t("reviews.said.empty")}
          text={t("reviews.said.emptyText")}
        />
      ) : (
        <Hits words={words} />
      )}
    </div>
  );
}

function Hits({ words }: { words: string }) {
  const { t } = useTranslation();
  const people = usePeople();
  const found = useInfiniteQuery(wordsQuery(words));
  if (found.isPending) return <RowSkeletons />;
  if (found.isError) return <Broken error={found.error} retry={() => void found.refetch()} />;
  const hits = found.data.pages.flatMap((page) => page.items);
  if (hits.length === 0)
    return (
      <Empty
        icon={<IconTextScan2 size={28} stroke={1.5} />}
        title={t("reviews.said.none", { words })}
        text={t("reviews.said.noneText")}
      />
    );
  return (
    <>
      <ul className={classes.threads}>
        {hits.map((hit) => (
          <li key={`${hit.recording_id} ${hit.number}`}>
            <Link
              className={classes.hit}
              to="/reviews/$callId"
              params={{ callId: hit.call_id }}
              search={{ t: Math.floor(hit.start), q: words }}
            >
              <span className={classes.hitHead}>
                <strong>{hit.contact}</strong>
                <span>{hit.agent_id === null ? "" : people.get(hit.agent_id)?.name}</span>
                <When at={hit.began_at} />
                <span className={classes.second}>{duration(hit.start)}</span>
              </span>
              <span>
                <b data-lane={hit.speaker}>{t(`reviews.${hit.speaker}Lane`)}</b> {hit.text}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {found.hasNextPage && (
        <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t("reviews.moreLines")}
        </Button>
      )}
    </>
  );
}
