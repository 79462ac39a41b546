/** The languages an article or a text may be in, named in the language of the screen. */
const CODES =
  "en ko pl de fr es it pt nl cs sk uk ru ja zh vi tr sv da nb fi hu ro bg el lt lv et hr sl sr ar he fa hi th id ms".split(
    " ",
  );

export function languageName(code: string, locale: string): string {
  return new Intl.DisplayNames([locale], { type: "language" }).of(code) ?? code;
}

/** For a Select: those of the team first, then all others by name. `also` is a code that may not be among them. */
export function languageOptions(locale: string, also = ""): { value: string; label: string }[] {
  const codes = also === "" || CODES.includes(also) ? CODES : [...CODES, also];
  const named = codes.map((value) => ({ value, label: languageName(value, locale) }));
  return [...named.slice(0, 3), ...named.slice(3).toSorted((a, b) => a.label.localeCompare(b.label, locale))];
}
