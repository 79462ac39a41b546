/** Scorecards: what a good call is, in sections and questions; each change is a version of its own. */
import { Button, Modal, Switch } from "@mantine/core";
import { IconListCheck, IconPencil, IconPlus } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { PageHead } from "../settings/PageHead";
import settings from "../settings/settings.module.css";
import { IconButton } from "../ui/IconButton";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import { toast } from "../ui/toast";
import { CardForm } from "./CardForm";
import { cardsQuery, type Scorecard } from "./queries";
import classes from "./reviews.module.css";

export default function Scorecards() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const cards = useQuery(cardsQuery(true));
  const [editing, setEditing] = useState<Scorecard | "new" | null>(null);
  const use = useMutation({
    mutationFn: ({ id, active }: Scorecard) =>
      body(
        client.PATCH("/scorecards/{scorecard_id}", {
          params: { path: { scorecard_id: id } },
          body: { active: !active },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["scorecards"] }),
    onError: (error) => toast.failure(t("reviews.notSaved"), inWords(error)),
  });
  return (
    <>
      <PageHead
        title={t("settings.scorecards.title")}
        text={t("reviews.cards.text")}
        action={
          <Button leftSection={<IconPlus size={16} />} onClick={() => setEditing("new")}>
            {t("reviews.cards.add")}
          </Button>
        }
      />
      <div className={settings.content}>
        {cards.isPending && <RowSkeletons rows={3} />}
        {cards.isError && <Broken error={cards.error} retry={() => void cards.refetch()} />}
        {cards.data?.length === 0 && (
          <Empty
            icon={<IconListCheck size={28} stroke={1.4} />}
            title={t("reviews.cards.none")}
            text={t("reviews.cards.noneText")}
          />
        )}
        <ul className={classes.threads}>
          {cards.data?.map((card) => (
            <li key={card.id} className={classes.writeBar}>
              <span>
                <strong>{card.name}</strong>{" "}
                <span className={classes.quiet}>
                  {t("reviews.cards.version", { version: card.version })} ·{" "}
                  {t("reviews.cards.count", {
                    count: card.sections.reduce((sum, section) => sum + section.questions.length, 0),
                  })}
                </span>
              </span>
              <span className={classes.choices}>
                <Switch
                  label={t(card.active ? "reviews.cards.use" : "reviews.cards.off")}
                  checked={card.active}
                  onChange={() => use.mutate(card)}
                />
                <IconButton label={t("reviews.cards.edit", { name: card.name })} onClick={() => setEditing(card)}>
                  <IconPencil size={16} />
                </IconButton>
              </span>
            </li>
          ))}
        </ul>
      </div>
      {editing !== null && (
        <Modal opened size="xl" onClose={() => setEditing(null)} title={t("reviews.scorecard")}>
          <CardForm card={editing === "new" ? null : editing} close={() => setEditing(null)} />
        </Modal>
      )}
    </>
  );
}
