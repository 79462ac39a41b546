/** One conversation: header, entries, composer. */
import { useQuery } from "@tanstack/react-query";
import { Navigate } from "@tanstack/react-router";
import { lazy, Suspense, useRef } from "react";
import { useMay } from "../api/hooks";
import { ApiError } from "../api/problem";
import { conversationQuery } from "../api/queries";
import { useTranslation, withTexts } from "../i18n";
import { Broken, Empty } from "../ui/States";
import { Composer } from "./Composer";
import { Entries } from "./Entries";
import classes from "./thread.module.css";
import { ThreadHeader } from "./ThreadHeader";

const RelatedHint = lazy(() => import("./RelatedHint").then((module) => ({ default: module.RelatedHint })));
const SpeakerLine = lazy(withTexts(["bots"], () => import("../bots/SpeakerLine")));

interface ThreadProps {
  id: string;
  phone: boolean;
  back: () => void;
  panelOpen: boolean;
  togglePanel: () => void;
}

export function Thread({ id, phone, back, panelOpen, togglePanel }: ThreadProps) {
  const { t } = useTranslation();
  const detail = useQuery(conversationQuery(id));
  const mayWrite = useMay("conversations_write");
  const composer = useRef<HTMLTextAreaElement>(null);
  if (detail.isError && detail.data === undefined) {
    const gone = detail.error instanceof ApiError && detail.error.status === 404;
    return gone ? (
      <Empty title={t("thread.gone")} text={t("thread.goneText")} />
    ) : (
      <Broken error={detail.error} retry={() => void detail.refetch()} />
    );
  }
  if (detail.data === undefined) return <div className={classes.thread} aria-busy="true" />;
  const { merged_into_id: whole } = detail.data.row;
  if (whole) return <Navigate to="/inbox/$conversationId" params={{ conversationId: whole }} search={true} replace />;
  return (
    <div className={classes.thread}>
      <ThreadHeader detail={detail.data} phone={phone} back={back} panelOpen={panelOpen} togglePanel={togglePanel} />
      {detail.data.row.related_id !== null && detail.data.row.related_reason !== "" && (
        <Suspense fallback={null}>
          <RelatedHint row={detail.data.row} />
        </Suspense>
      )}
      <Suspense fallback={null}>
        <SpeakerLine conversationId={detail.data.row.id} lastAt={detail.data.row.last_at} />
      </Suspense>
      <Entries detail={detail.data} />
      {mayWrite && <Composer detail={detail.data} field={composer} />}
    </div>
  );
}
