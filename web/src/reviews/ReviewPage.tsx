/** One call under review: its sound, what was said, comments at its seconds, and the scorecards. */
import { SegmentedControl } from "@mantine/core";
import { IconArrowLeft, IconMicrophoneOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo, useRef, useState } from "react";
import { usePeople } from "../api/hooks";
import { callQuery, recordingsQuery } from "../calls/queries";
import { useTranslation } from "../i18n";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import { duration, full } from "../ui/time";
import { Comments } from "./Comments";
import { Listen, type Listening } from "./Listen";
import { commentsQuery, transcriptQuery } from "./queries";
import { ReviewPanel } from "./ReviewPanel";
import classes from "./reviews.module.css";
import { hits } from "./hits";
import { Transcript } from "./Transcript";
import type { Mark } from "./Waveform";

interface Props {
  callId: string;
  from: number;
  queue: string | undefined;
  /** Words to look for in the transcript from the beginning. */
  said: string;
}

export function ReviewPage({ callId, from, queue, said }: Props) {
  const { t, i18n } = useTranslation();
  const people = usePeople();
  const call = useQuery(callQuery(callId));
  const found = useQuery(recordingsQuery(callId));
  const [chosen, choose] = useState<string | null>(null);
  const [words, setWords] = useState(said);
  const [listening, setListening] = useState<Listening | null>(null);
  const comment = useRef<HTMLTextAreaElement>(null);
  const scorecard = useRef<HTMLDivElement>(null);
  const recordings = found.data ?? [];
  const recording = recordings.find(({ id }) => id === chosen) ?? recordings[0];
  const comments = useQuery(commentsQuery(callId)).data;
  const playable = recording !== undefined && recording.why_not_play === "";
  const lines = useQuery({ ...transcriptQuery(recording?.id ?? ""), enabled: playable }).data?.lines;
  const marks = useMemo<Mark[]>(
    () => [
      ...(comments ?? [])
        .filter(({ parent_id }) => parent_id === null)
        .map(({ start, end, author_id }) => ({
          start,
          end,
          kind: "comment" as const,
          label: initials(people.get(author_id)?.name ?? ""),
        })),
      ...hits(lines ?? [], words).map(({ start, end }) => ({ start, end, kind: "hit" as const })),
    ],
    [comments, lines, words, people],
  );
  if (call.isError) return <Broken error={call.error} retry={() => void call.refetch()} />;
  if (found.isError) return <Broken error={found.error} retry={() => void found.refetch()} />;
  if (call.data === undefined || found.data === undefined) return <RowSkeletons rows={5} />;
  const seek = (second: number) => listening?.seek(second);
  const names = call.data.agents.map((id) => people.get(id)?.name ?? "").filter((name) => name !== "");
  return (
    <div className={classes.page}>
      <div className={classes.main}>
        <header className={classes.callHead}>
          <Link to="/reviews" search={queue === undefined ? {} : { queue }} aria-label={t("reviews.back")}>
            <IconArrowLeft size={18} stroke={1.6} />
          </Link>
          <h2>{call.data.withheld ? t("calls.withheld") : call.data.contact_name}</h2>
          <span className={classes.quiet}>
            {[names.join(", "), full(new Date(call.data.began_at), i18n.language)].filter(Boolean).join(" · ")}
          </span>
        </header>
        {recordings.length > 1 && (
          <SegmentedControl
            aria-label={t("reviews.recordingOf")}
            value={recording?.id ?? ""}
            onChange={choose}
            data={recordings.map((one, index) => ({
              value: one.id,
              label: `${index + 1}${one.seconds === null ? "" : ` · ${duration(one.seconds)}`}`,
            }))}
          />
        )}
        {recording === undefined ? (
          <Empty
            icon={<IconMicrophoneOff size={28} stroke={1.5} />}
            title={t("reviews.noneRecorded")}
            text={t("reviews.noneRecordedText")}
          />
        ) : (
          <Listen
            key={recording.id}
            recording={recording}
            title={[call.data.withheld ? t("calls.withheld") : call.data.contact_name, ...names].join(" · ")}
            call={call.data}
            from={from}
            marks={marks}
            told={setListening}
            onComment={() => comment.current?.focus()}
            onScore={() => scorecard.current?.focus()}
          />
        )}
        <Comments callId={callId} agents={call.data.agents} listening={listening} seek={seek} box={comment} />
        {playable && (
          <Transcript
            recordingId={recording.id}
            time={listening?.time ?? 0}
            words={words}
            search={setWords}
            seek={seek}
          />
        )}
      </div>
      <div className={classes.side} ref={scorecard} tabIndex={-1}>
        <ReviewPanel call={call.data} />
      </div>
    </div>
  );
}

const initials = (name: string): string =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0))
    .join("");
