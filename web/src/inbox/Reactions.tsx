/** The emojis people put on a message, with who did. */
import type { Interaction } from "../api/types";
import classes from "./message.module.css";

export function Reactions({ reactions }: { reactions: Interaction["reactions"] }) {
  if (reactions.length === 0) return null;
  return (
    <ul className={classes.reactions}>
      {reactions.map((reaction) => (
        <li key={reaction.emoji} title={reaction.names.join(", ")}>
          {reaction.emoji}
          {reaction.names.length > 1 && <span>{reaction.names.length}</span>}
          <span className="srOnly">{reaction.names.join(", ")}</span>
        </li>
      ))}
    </ul>
  );
}
