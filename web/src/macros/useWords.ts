/** Says in a sentence what an action does: with the names of people, teams, texts and bots it means. */
import { useQuery } from "@tanstack/react-query";
import { usePeople, useTeams } from "../api/hooks";
import { flowsQuery } from "../bots/queries";
import { useTranslation } from "../i18n";
import { savedQuery } from "../saved/queries";
import { span } from "../ui/time";
import type { Action } from "./actions";

export function useWords(): (action: Action) => string {
  const { t, i18n } = useTranslation();
  const people = usePeople();
  const teams = useTeams();
  const saved = useQuery(savedQuery).data ?? [];
  const flows = useQuery(flowsQuery).data ?? [];
  const gone = t("macros.gone");
  const person = (id: string) => people.get(id)?.name ?? gone;
  const team = (id: string) => teams.find((one) => one.id === id)?.name ?? gone;
  return (action) => {
    switch (action.do) {
      case "assign":
        return action.user_id === null
          ? t("macros.says.unassign")
          : t("macros.says.assign", { name: person(action.user_id) });
      case "assign_team":
        if (action.team_id === null) return t("macros.says.noTeam");
        return t(action.queue === true ? "macros.says.queue" : "macros.says.team", { name: team(action.team_id) });
      case "tag":
        return t("macros.says.tag", {
          tags: [...action.add.map((tag) => `+${tag}`), ...action.remove.map((tag) => `−${tag}`)].join(", "),
        });
      case "set_priority":
        return t("macros.says.priority", { priority: t(`priority.${action.priority}`) });
      case "set_state":
        if (action.state === "snoozed" && typeof action.minutes === "number")
          return t("macros.says.snooze", { time: span(action.minutes * 60_000, i18n.language) });
        return t(`macros.says.${action.state}`);
      case "note":
        return t("macros.says.note");
      case "reply":
        return t("macros.says.reply");
      case "saved_reply":
        return t("macros.says.savedReply", {
          name: saved.find((one) => one.id === action.saved_reply_id)?.name ?? gone,
        });
      case "notify":
        return t("macros.says.notify", {
          names: [
            ...action.user_ids.map(person),
            ...action.team_ids.map(team),
            ...(action.assignee ? [t("macros.assignee")] : []),
          ].join(", "),
        });
      case "start_bot":
        return t("macros.says.startBot", { name: flows.find((one) => one.id === action.flow_id)?.name ?? gone });
      case "stop_bot":
        return t("macros.says.stopBot");
      case "call_hook":
        return t("macros.says.callHook");
    }
  };
}
