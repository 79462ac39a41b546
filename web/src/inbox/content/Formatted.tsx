/** A chat message whose words carry formatting and links: the server's sanitised HTML, sanitised once more here. */
import { useQuery } from "@tanstack/react-query";
import DOMPurify from "dompurify";
import type { Interaction } from "../../api/types";
import classes from "../message.module.css";
import { Words } from "./Words";

const ALLOWED = {
  ALLOWED_TAGS: ["a", "b", "blockquote", "br", "code", "del", "em", "i", "ins", "p", "pre", "s", "span", "strong", "u"],
  ALLOWED_ATTR: ["href"],
};

/** Returns the message's own part of the page, with links that open beside the hub and say nothing of it. */
export function cleaned(page: string): string {
  const body = new DOMParser().parseFromString(page, "text/html").body.innerHTML;
  const fragment = DOMPurify.sanitize(body, { ...ALLOWED, RETURN_DOM_FRAGMENT: true });
  for (const link of fragment.querySelectorAll("a")) {
    link.target = "_blank";
    link.rel = "noopener noreferrer nofollow";
    link.title = link.href;
  }
  const holder = document.createElement("div");
  holder.append(fragment);
  return holder.innerHTML;
}

async function read(id: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(`/api/v1/interactions/${id}/html?images=0`, { signal });
  if (!response.ok) throw new Error(`the formatted message answered ${response.status}`);
  return cleaned(await response.text());
}

export default function Formatted({ entry }: { entry: Interaction }) {
  const html = useQuery({
    queryKey: ["html", entry.id, entry.edited_at],
    queryFn: ({ signal }) => read(entry.id, signal),
    staleTime: Infinity,
  });
  // The plain words say the same: they stand in until the formatted ones are here, or for good.
  if (html.data === undefined || html.data === "") return <Words text={entry.text} />;
  // oxlint-disable-next-line react/no-danger -- sanitised by the server and by DOMPurify right above
  return <div className={classes.text} dir="auto" dangerouslySetInnerHTML={{ __html: html.data }} />;
}
