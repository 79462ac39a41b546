/** Routes of the mock hub: contacts, who is who, and the search. */
import { ago, id, me } from "./seed.ts";
import { first, newestFirst, on, page, Refused, row, world } from "./state.ts";

on("GET", "/contacts", (_m, query) =>
  page(
    [...world.contacts.values()]
      .filter((item) => item.name.toLowerCase().includes((query.get("search") ?? "").toLowerCase()))
      .map((item) => ({
        id: item.id,
        name: item.name,
        company: item.company,
        state: item.state,
        expires_at: item.expires_at,
        addresses: item.points.map((point) => point.address),
        last_at: item.last_at,
        demo: true,
      })),
    query,
  ),
);
on("GET", "/contacts/{id}", (m) => {
  const found = world.contacts.get(first(m));
  if (found === undefined) throw new Refused(404, "There is no such contact.");
  return found;
});
on("PATCH", "/contacts/{id}", (m, _q, body) => Object.assign(world.contacts.get(first(m)) ?? {}, body));
on("POST", "/contacts/{id}/keep", (m) =>
  Object.assign(world.contacts.get(first(m)) ?? {}, { state: "kept", expires_at: null }),
);
on("GET", "/contacts/{id}/timeline", (m, query) =>
  newestFirst(
    world.rows.filter((item) => item.contact_id === first(m)).flatMap((item) => world.threads.get(item.id) ?? []),
    query,
  ),
);
on("GET", "/contacts/{id}/conversations", (m, query) =>
  page(
    world.rows.filter((item) => item.contact_id === first(m)),
    query,
  ),
);
on("GET", "/contacts/{id}/duplicates", (m) => {
  const other = [...world.contacts.values()].find(
    (item) => item.id !== first(m) && item.name === world.contacts.get(first(m))?.name,
  );
  return other === undefined
    ? []
    : [
        {
          contact_id: first(m),
          other_id: other.id,
          other_name: other.name,
          score: 0.8,
          reason: `Same name “${other.name}”, and both wrote about order 10482.`,
        },
      ];
});
on("GET", "/contacts/{id}/history", (m) => [
  {
    change: {
      id: id(),
      action: "merge",
      contact_id: first(m),
      other_id: world.contacts.get(first(m))?.merged[0] ?? id(),
      point_ids: [],
      reason: "Same person: she said so in the chat.",
      by: me.id,
      at: ago(4000),
      undone_at: null,
      undone_by: null,
    },
    by_name: me.name,
    contact_name: world.contacts.get(first(m))?.name,
    other_name: "Olivia M.",
  },
]);
on("POST", "/contacts/{id}/merge", (m) => ({
  change: {
    id: id(),
    action: "merge",
    contact_id: first(m),
    other_id: id(),
    point_ids: [],
    reason: "",
    by: me.id,
    at: ago(0),
    undone_at: null,
    undone_by: null,
  },
  contact: world.contacts.get(first(m)),
}));
on("GET", "/search", (_m, query) =>
  page(
    [...world.threads.values()]
      .flat()
      .filter((item) => item.text.toLowerCase().includes((query.get("q") ?? "").toLowerCase()))
      .slice(0, 40)
      .map((item) => {
        const home = row(item.conversation_id);
        return { interaction: item, contact_id: home.contact_id, contact_name: home.contact_name };
      }),
    query,
  ),
);
