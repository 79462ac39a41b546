/** What became of our message: a quiet tick while all is well, loud words with a remedy when not. */
import { Button } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconChecks, IconClock } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { body, client } from "../api/client";
import { useMay } from "../api/hooks";
import { inWords } from "../api/problem";
import type { Delivery, Interaction } from "../api/types";
import { useTranslation } from "../i18n";
import { toast } from "../ui/toast";
import { When } from "../ui/When";
import classes from "./message.module.css";
import { useOutgoing } from "./outgoing";
import { reasonOf } from "./reasons";

const icon = { size: 15, stroke: 1.8 };

export function DeliveryMark({ delivery, receipts }: { delivery: Delivery; receipts: readonly string[] }) {
  const { t } = useTranslation();
  if (delivery.state === "failed" || delivery.state === "unknown") return null;
  const again = delivery.state === "queued" && delivery.attempt > 0 && delivery.next_at !== null;
  if (again)
    return (
      <span className={classes.retrying} title={reasonOf(delivery)}>
        <IconClock {...icon} aria-hidden /> {t("delivery.again")}{" "}
        <When at={delivery.next_at ?? delivery.state_at} as="clock" />
      </span>
    );
  // Where the channel cannot say more than "sent", its tick says so on hover.
  const more = delivery.state === "sent" && !receipts.includes("delivered") && !receipts.includes("read");
  return (
    <span
      className={classes.tick}
      data-state={delivery.state}
      title={more ? t("delivery.sentOnly") : t(`delivery.${delivery.state}`)}
    >
      <Tick state={delivery.state} />
      <span className="srOnly">{t(`delivery.${delivery.state}`)}</span>
    </span>
  );
}

function Tick({ state }: { state: Delivery["state"] }) {
  if (state === "queued" || state === "sending") return <IconClock {...icon} aria-hidden />;
  return state === "sent" ? <IconCheck {...icon} aria-hidden /> : <IconChecks {...icon} aria-hidden />;
}

export function DeliveryTrouble({ entry, delivery }: { entry: Interaction; delivery: Delivery }) {
  const { t } = useTranslation();
  const mayWrite = useMay("conversations_write");
  const unsent = useOutgoing((state) => state.unsent[entry.id]);
  const act = useMutation({
    mutationFn: (what: "retry" | "confirm") => {
      const params = { params: { path: { delivery_id: delivery.id } } };
      return what === "retry"
        ? body(client.POST("/deliveries/{delivery_id}/retry", params))
        : body(client.POST("/deliveries/{delivery_id}/confirm", params));
    },
    onError: (error) => toast.failure(t("delivery.notRetried"), inWords(error)),
  });
  if (unsent !== undefined) {
    return (
      <Trouble title={t("delivery.notSent")} reason={unsent.reason}>
        <Button size="compact-sm" variant="default" onClick={unsent.again}>
          {t("delivery.retry")}
        </Button>
        <Button size="compact-sm" variant="subtle" color="gray" onClick={unsent.discard}>
          {t("delivery.discard")}
        </Button>
      </Trouble>
    );
  }
  if (delivery.state !== "failed" && delivery.state !== "unknown") return null;
  return (
    <Trouble title={t(`delivery.${delivery.state}`)} reason={reasonOf(delivery)}>
      {mayWrite && delivery.state === "unknown" && (
        <Button size="compact-sm" variant="default" disabled={act.isPending} onClick={() => act.mutate("confirm")}>
          {t("delivery.arrived")}
        </Button>
      )}
      {mayWrite && (
        <Button size="compact-sm" variant="default" disabled={act.isPending} onClick={() => act.mutate("retry")}>
          {delivery.state === "unknown" ? t("delivery.sendAgain") : t("delivery.retry")}
        </Button>
      )}
    </Trouble>
  );
}

function Trouble({ title, reason, children }: { title: string; reason: string; children: React.ReactNode }) {
  return (
    <div className={classes.trouble} role="status">
      <IconAlertTriangle size={16} aria-hidden />
      <p>
        <strong>{title}</strong> {reason}
      </p>
      <div className={classes.troubleActs}>{children}</div>
    </div>
  );
}
