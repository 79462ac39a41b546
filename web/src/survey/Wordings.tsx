/** The words of a survey, by language: what is left empty the hub says in its own. */
import { Group, Select, Stack, Textarea } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { languageName, languageOptions } from "../bots/languages";
import { useTranslation } from "../i18n";
import { IconButton } from "../ui/IconButton";
import { type Survey, wordsQuery } from "./queries";
import classes from "./survey.module.css";

type Wording = Survey["wording"][string];
const EMPTY: Wording = { question: "", comment: "", thanks: "" };

interface WordingsProps {
  wording: Survey["wording"];
  /** Some words are asked for, too. */
  comments: boolean;
  change: (wording: Survey["wording"]) => void;
}

export function Wordings({ wording, comments, change }: WordingsProps) {
  const { t, i18n } = useTranslation();
  const words = useQuery(wordsQuery).data ?? [];
  const english = words.find((one) => one.language === "en")?.texts ?? EMPTY;
  const free = languageOptions(i18n.language).filter(({ value }) => wording[value] === undefined);
  const fields = comments ? (["question", "comment", "thanks"] as const) : (["question", "thanks"] as const);
  return (
    <Stack gap="xs">
      <p className={classes.quiet}>{t("survey.wordingText")}</p>
      {Object.entries(wording).map(([language, texts]) => {
        const ours = words.find((one) => one.language === language)?.texts ?? english;
        return (
          <div key={language} className={classes.wording}>
            <div className={classes.wordingHead}>
              {languageName(language, i18n.language)}
              <IconButton
                label={t("survey.removeLanguage", { language: languageName(language, i18n.language) })}
                onClick={() => change(Object.fromEntries(Object.entries(wording).filter(([one]) => one !== language)))}
              >
                <IconTrash size={16} />
              </IconButton>
            </div>
            {fields.map((field) => (
              <Textarea
                key={field}
                label={t(`survey.${field}`)}
                placeholder={ours[field]}
                autosize
                minRows={1}
                maxRows={5}
                maxLength={1000}
                value={texts[field]}
                onChange={(event) =>
                  change({ ...wording, [language]: { ...texts, [field]: event.currentTarget.value } })
                }
              />
            ))}
          </div>
        );
      })}
      <Group>
        <Select
          aria-label={t("survey.addLanguage")}
          placeholder={t("survey.addLanguage")}
          searchable
          value={null}
          data={free}
          onChange={(value) => value !== null && change({ ...wording, [value]: EMPTY })}
        />
      </Group>
    </Stack>
  );
}
