/** Why a file is not there, in the reader's language: the hub keeps it in English and says it on request. */
import { useQuery } from "@tanstack/react-query";
import { body, client } from "../../api/client";
import type { Attachment } from "../../api/types";
import { useTranslation } from "../../i18n";

export default function FileTrouble({ file }: { file: Attachment }) {
  const { t, i18n } = useTranslation();
  const english = i18n.language === "en";
  const said = useQuery({
    queryKey: ["file trouble", file.id, file.error, i18n.language],
    queryFn: ({ signal }) =>
      body(
        client.GET("/attachments/{attachment_id}/trouble", { params: { path: { attachment_id: file.id } }, signal }),
      ),
    enabled: !english && file.error !== "",
    staleTime: Infinity,
  });
  if (english) return file.error || t("file.failed");
  return said.data?.words || (said.isError && file.error) || t("file.failed");
}
