/** Find web and mail addresses in plain text, so that they can become links without any HTML of the sender's. */

export interface Piece {
  text: string;
  /** Where it leads, or "" for plain text. */
  href: string;
}

const ADDRESS = /\bhttps?:\/\/[^\s<>"'`]+|\bwww\.[^\s<>"'`]+\.[^\s<>"'`]+|\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+/giu;
const PAIRS: Record<string, string> = { ")": "(", "]": "[", "}": "{" };

/** Split text into plain pieces and links. Joined again, the pieces are the text. */
export function pieces(text: string): Piece[] {
  const found: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = withoutPunctuation(withoutParticle(match[0]));
    const href = hrefOf(address);
    if (!href) continue;
    if (match.index > from) found.push({ text: text.slice(from, match.index), href: "" });
    found.push({ text: address, href });
    from = match.index + address.length;
  }
  if (from < text.length) found.push({ text: text.slice(from), href: "" });
  return found;
}

function withoutPunctuation(address: string): string {
  let end = address.length;
  for (; end > 0; end--) {
    const last = address[end - 1] ?? "";
    const opener = PAIRS[last];
    const closesInside = opener !== undefined && count(address, opener, end) >= count(address, last, end);
    if (!(/[.,;:!?。、，！？…)\]}*_~]/u.test(last) && !closesInside)) break;
  }
  return address.slice(0, end);
}

function count(text: string, sign: string, end: number): number {
  return text.slice(0, end).split(sign).length - 1;
}

/** Korean and Japanese put particles right after a name: in "https://example.com입니다" they are not the host's. */
function withoutParticle(address: string): string {
  const glued = /^((?:https?:\/\/)?[a-z0-9.:-]*[a-z0-9])[\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/iu.exec(address);
  return glued?.[1] ?? address;
}

function hrefOf(address: string): string {
  if (/^[\w.+-]+@/.test(address)) return `mailto:${address}`;
  const whole = /^www\./i.test(address) ? `https://${address}` : address;
  try {
    const url = new URL(whole);
    return url.protocol === "http:" || url.protocol === "https:" ? url.href : "";
  } catch {
    return "";
  }
}
