/** The sign of a kind of step. */
import {
  IconArrowsSplit2,
  IconBook,
  IconCircleCheck,
  IconClock,
  IconClockHour4,
  IconHelp,
  IconLanguage,
  IconMessage,
  IconPencil,
  IconRobot,
  IconSparkles,
  IconUserCheck,
  IconUserShare,
  IconWorldSearch,
} from "@tabler/icons-react";
import type { Kind } from "./graph";

const ICONS: Record<Kind, typeof IconMessage> = {
  message: IconMessage,
  question: IconHelp,
  condition: IconArrowsSplit2,
  fill: IconPencil,
  http: IconWorldSearch,
  wait: IconClock,
  hours: IconClockHour4,
  language: IconLanguage,
  faq: IconBook,
  model: IconSparkles,
  flow: IconRobot,
  assign: IconUserCheck,
  handover: IconUserShare,
  close: IconCircleCheck,
};

export function KindIcon({ kind }: { kind: string }) {
  const Icon = ICONS[kind as Kind] ?? IconMessage;
  return <Icon size={15} stroke={1.7} aria-hidden />;
}
