/** Calls to review: queues and their list, or one call with its player. */
import { useParams, useSearch } from "@tanstack/react-router";
import { useMay } from "../api/hooks";
import { CallTabs } from "../calls/CallTabs";
import calls from "../calls/calls.module.css";
import { useTranslation } from "../i18n";
import { NotAllowed } from "../ui/States";
import { ReviewList } from "./ReviewList";
import { ReviewPage } from "./ReviewPage";

export function Reviews() {
  const { t } = useTranslation();
  const { callId } = useParams({ strict: false });
  const { queue, t: second } = useSearch({ from: "/inside/reviews" });
  if (!useMay("reviews_read")) return <NotAllowed />;
  return (
    <div className={calls.calls}>
      <header className={calls.head}>
        <h1>{t("calls.title")}</h1>
        <CallTabs page="review" />
      </header>
      {callId === undefined ? (
        <ReviewList queue={queue} />
      ) : (
        <ReviewPage key={callId} callId={callId} from={second ?? 0} queue={queue} />
      )}
    </div>
  );
}
