/** What a contact answered to surveys, the newest first; nothing where they never did. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "../i18n";
import { When } from "../ui/When";
import { contactRatingsQuery } from "./queries";
import { Score } from "./Score";
import classes from "./survey.module.css";

const SHOWN = 3;

export default function ContactRatings({ contactId }: { contactId: string }) {
  const { t } = useTranslation();
  const found = useQuery(contactRatingsQuery(contactId));
  const ratings = found.data?.items ?? [];
  if (ratings.length === 0) return null;
  return (
    <div>
      <h3 className={classes.cardTitle}>{t("survey.ratings")}</h3>
      <ul className={classes.cardList}>
        {ratings.slice(0, SHOWN).map((rating) => (
          <li key={rating.id}>
            <Link to="/inbox/$conversationId" params={{ conversationId: rating.conversation_id }}>
              {rating.score !== null && <Score scale={rating.scale} score={rating.score} />}
              {rating.rated_at !== null && (
                <small>
                  <When at={rating.rated_at} />
                </small>
              )}
            </Link>
            {rating.comment !== "" && <q>{rating.comment}</q>}
          </li>
        ))}
      </ul>
    </div>
  );
}
