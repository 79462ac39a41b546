/** The calls of the person at the screen: what rings them, and what they talk on, from the first moment of a page. */
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { body, client } from "../api/client";
import { useLiveState } from "../shell/live";
import type { Call, Pop } from "./queries";

/** Whether this is a call they are on now, or are being put through to. */
export const isOn = (call: Call, me: string): boolean =>
  call.state !== "ended" &&
  (call.legs.some(
    (leg) =>
      leg.party === "agent" &&
      leg.user_id === me &&
      leg.joined_at !== null &&
      leg.left_at === null &&
      leg.ended_at === null,
  ) ||
    (call.direction === "outbound" && call.placed_by === me && call.answered_at === null));

/** Whether it rings them. */
export const rings = (call: Call, me: string): boolean =>
  call.direction === "inbound" && call.state !== "ended" && call.ringing.includes(me);

const MOST = 20;

/** Reads the calls that began before this page was there; from then on the live connection tells. */
export function useOngoing(me: string): void {
  const { data } = useQuery({
    // Not below "calls": what changes there comes by itself, and this is read again only after a gap.
    queryKey: ["telephone"],
    queryFn: async ({ signal }): Promise<Pop[]> => {
      const { items } = await body(client.GET("/calls", { params: { query: { live: true, limit: 50 } }, signal }));
      // A row of the list does not say whom it rings.
      const mine = items.filter(
        (call) =>
          call.agents.includes(me) ||
          call.placed_by === me ||
          (call.direction === "inbound" && call.answered_at === null),
      );
      return Promise.all(
        mine
          .slice(0, MOST)
          .map((call) => body(client.GET("/calls/{call_id}/pop", { params: { path: { call_id: call.id } }, signal }))),
      );
    },
    staleTime: Infinity,
  });
  useEffect(() => {
    if (data === undefined) return;
    useLiveState.setState(({ calls, pops }) => {
      const fresh = data.filter((pop) => !calls.some((call) => call.id === pop.call.id) && pop.call.state !== "ended");
      return {
        calls: [...calls, ...fresh.map((pop) => pop.call)],
        pops: [...pops, ...fresh.filter((pop) => rings(pop.call, me))],
      };
    });
  }, [data, me]);
}
