/** Surveys: whom customers are asked after a conversation is resolved. The first that fits counts. */
import { Button } from "@mantine/core";
import { IconArrowUp, IconMoodSmile, IconPlus } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { body, client } from "../api/client";
import { useChannels, useTeams } from "../api/hooks";
import { inWords } from "../api/problem";
import { useTranslation } from "../i18n";
import { PageHead } from "../settings/PageHead";
import settings from "../settings/settings.module.css";
import { IconButton } from "../ui/IconButton";
import { Broken, Empty, RowSkeletons } from "../ui/States";
import { span } from "../ui/time";
import { toast } from "../ui/toast";
import { type Survey, surveysKey, surveysQuery } from "./queries";
import classes from "./survey.module.css";
import { SurveyForm } from "./SurveyForm";

export default function Surveys() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const found = useQuery(surveysQuery);
  const [open, setOpen] = useState<Survey | "new" | null>(null);
  const all = found.data ?? [];
  const order = useMutation({
    mutationFn: (ids: string[]) => body(client.PUT("/surveys/order", { body: { ids } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: surveysKey }),
    onError: (error) => toast.failure(t("survey.notSaved"), inWords(error)),
  });
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setOpen("new")}>
      {t("survey.add")}
    </Button>
  );
  return (
    <>
      <PageHead title={t("settings.surveys.title")} text={t("settings.surveys.text")} action={all.length > 0 && add} />
      <div className={settings.content}>
        {found.isPending && <RowSkeletons rows={3} />}
        {found.isError && <Broken error={found.error} retry={() => void found.refetch()} />}
        {found.isSuccess && all.length === 0 && (
          <Empty
            icon={<IconMoodSmile size={28} stroke={1.4} />}
            title={t("survey.none")}
            text={t("survey.noneText")}
            action={add}
          />
        )}
        <ol className={classes.rows}>
          {all.map((survey, index) => (
            <Row
              key={survey.id}
              survey={survey}
              place={index + 1}
              open={() => setOpen(survey)}
              raise={
                index === 0
                  ? undefined
                  : () => {
                      const ids = all.map((one) => one.id);
                      order.mutate(ids.toSpliced(index, 1).toSpliced(index - 1, 0, survey.id));
                    }
              }
            />
          ))}
        </ol>
      </div>
      {open !== null && <SurveyForm survey={open === "new" ? null : open} close={() => setOpen(null)} />}
    </>
  );
}

interface RowProps {
  survey: Survey;
  place: number;
  open: () => void;
  raise: (() => void) | undefined;
}

function Row({ survey, place, open, raise }: RowProps) {
  const { t, i18n } = useTranslation();
  const channels = useChannels();
  const teams = useTeams();
  const whom = [
    ...survey.channel_ids.flatMap((id) => channels.get(id)?.name ?? []),
    ...teams.filter((team) => survey.team_ids.includes(team.id)).map((team) => team.name),
  ];
  const facts = [
    whom.length === 0 ? t("survey.everywhere") : whom.join(", "),
    t(`survey.scales.${survey.scale}`),
    survey.delay_seconds === 0
      ? t("survey.atOnce")
      : t("survey.after", { time: span(survey.delay_seconds * 1000, i18n.language) }),
  ];
  return (
    <li>
      <div className={classes.rowHead}>
        <span>{place}.</span>
        <button type="button" onClick={open}>
          {survey.name}
        </button>
        {!survey.active && <span className={classes.quiet}>{t("survey.off")}</span>}
        <span className={classes.tools}>
          {raise !== undefined && (
            <IconButton label={t("survey.raise", { name: survey.name })} onClick={raise}>
              <IconArrowUp size={16} />
            </IconButton>
          )}
        </span>
      </div>
      <p className={classes.quiet}>{facts.join(" · ")}</p>
    </li>
  );
}
