/** A channel's templates as the provider last told them. */
import { queryOptions } from "@tanstack/react-query";
import { body, client } from "../../api/client";

export const templatesQuery = (channelId: string) =>
  queryOptions({
    queryKey: ["templates", channelId] as const,
    queryFn: ({ signal }) =>
      body(client.GET("/channels/{channel_id}/templates", { params: { path: { channel_id: channelId } }, signal })),
    staleTime: 60_000,
  });
