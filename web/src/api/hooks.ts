/** Who is here and what the ids mean: session, rights, channels and people by id. */
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { channelsQuery, connectorsQuery, sessionQuery, teamsQuery, usersQuery } from "./queries";
import type { Action, Channel, Connector, Session, Team, User } from "./types";

/** The session of the person at the screen; only below the login. */
export function useSession(): Session {
  const { data } = useQuery(sessionQuery);
  if (data === undefined || data === null) throw new Error("a screen behind the login was drawn without a session");
  return data;
}

export function useMay(action: Action): boolean {
  return useSession().permissions.includes(action);
}

const byId = <T extends { id: string }>(items: readonly T[] | undefined): ReadonlyMap<string, T> =>
  new Map((items ?? []).map((item) => [item.id, item]));

export function useChannels(): ReadonlyMap<string, Channel> {
  const { data } = useQuery(channelsQuery);
  return useMemo(() => byId(data), [data]);
}

export function useChannel(id: string): { channel: Channel | undefined; connector: Connector | undefined } {
  const channel = useQuery(channelsQuery).data?.find((item) => item.id === id);
  const connector = useQuery(connectorsQuery).data?.find((item) => item.key === channel?.connector);
  return { channel, connector };
}

export function usePeople(): ReadonlyMap<string, User> {
  const { data } = useQuery(usersQuery);
  return useMemo(() => byId(data), [data]);
}

export function useTeams(): readonly Team[] {
  return useQuery(teamsQuery).data ?? [];
}
