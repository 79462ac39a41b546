/** Calls to review: queues and their list, or one call with its player. */
import { useParams, useSearch } from "@tanstack/react-router";
import { useMay } from "../api/hooks";
import { CallTabs } from "../calls/CallTabs";
import place from "../ui/place.module.css";
import { useTranslation } from "../i18n";
import { NotAllowed } from "../ui/States";
import { Mentions } from "./Mentions";
import { Playlists } from "./Playlists";
import { ReviewList } from "./ReviewList";
import { isPage, ReviewNav } from "./ReviewNav";
import { ReviewPage } from "./ReviewPage";
import classes from "./reviews.module.css";
import { Scores } from "./Scores";
import { WordSearch } from "./WordSearch";

export function Reviews() {
  const { t } = useTranslation();
  const { callId } = useParams({ strict: false });
  const search = useSearch({ from: "/inside/reviews" });
  const { queue, q = "", t: second } = search;
  // The router hands on as it was typed what is no second.
  const begin = typeof second === "number" ? second : 0;
  if (!useMay("reviews_read")) return <NotAllowed />;
  return (
    <div className={place.place}>
      <header className={place.head}>
        <h1>{t("calls.title")}</h1>
        <CallTabs page="review" />
      </header>
      {callId === undefined || isPage(callId) ? (
        <div className={classes.list}>
          <ReviewNav queue={queue} page={isPage(callId) ? callId : undefined} />
          {callId === undefined && <ReviewList search={search} />}
          {callId === "playlists" && <Playlists />}
          {callId === "scores" && <Scores />}
          {callId === "words" && <WordSearch key={q} words={q} />}
          {callId === "mentions" && <Mentions />}
        </div>
      ) : (
        <ReviewPage key={callId} callId={callId} from={begin} queue={queue} said={q} />
      )}
    </div>
  );
}
