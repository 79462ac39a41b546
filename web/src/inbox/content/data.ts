/** Reads the free `data` of an entry: it comes from providers, so nothing in it is taken for granted. */

export type Data = Readonly<Record<string, unknown>>;

export function text(data: Data, name: string): string {
  const value = data[name];
  return typeof value === "string" ? value : "";
}

export function number(data: Data, name: string): number | null {
  const value = data[name];
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

export function record(value: unknown): Data {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Data) : {};
}

export function list(data: Data, name: string): readonly unknown[] {
  const value = data[name];
  return Array.isArray(value) ? value : [];
}

/** Mail addresses as they are shown: "Name <address>", or the address alone. */
export function mailboxes(data: Data, name: string): string[] {
  return list(data, name).flatMap((item) => {
    if (typeof item === "string") return [item];
    const entry = record(item);
    const address = text(entry, "address");
    const label = text(entry, "name");
    if (address === "") return [];
    return [label === "" || label === address ? address : `${label} <${address}>`];
  });
}
