/** Uploading a file with progress: fetch cannot tell how far an upload is, XMLHttpRequest can. */
import { csrfToken } from "./client";
import { ApiError, problemOf } from "./problem";
import type { Attachment } from "./types";
import { t } from "../i18n";

function answerOf(request: XMLHttpRequest): unknown {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return null;
  }
}

/** Uploads under a client-made id. `onProgress` hears 0 to 1; `voice` says that it is a recording. Rejects with ApiError, in words. */
export function upload(
  id: string,
  file: File,
  onProgress: (share: number) => void,
  { signal, voice = false }: { signal?: AbortSignal; voice?: boolean } = {},
): Promise<Attachment> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(
      "POST",
      `/api/v1/attachments?${new URLSearchParams({ id, name: file.name, ...(voice ? { voice: "true" } : {}) })}`,
    );
    request.setRequestHeader("X-CSRF-Token", csrfToken());
    request.setRequestHeader("Content-Type", file.type === "" ? "application/octet-stream" : file.type);
    request.upload.addEventListener(
      "progress",
      (event) => event.lengthComputable && onProgress((event.loaded / event.total) * 0.99),
    );
    request.addEventListener("load", () => {
      const answer = answerOf(request);
      if (request.status < 300) resolve(answer as Attachment);
      else reject(problemOf(new Response(null, { status: request.status }), answer));
    });
    request.addEventListener("error", () => reject(new ApiError(0, t("error.network"))));
    signal?.addEventListener("abort", () => request.abort());
    request.send(file);
  });
}
