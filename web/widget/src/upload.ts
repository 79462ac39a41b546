/** Sends one file to the hub, telling how far it is. */

import type { Upload } from "./protocol";

/** Why a file was not taken; the code chooses the words. */
export class UploadFailed extends Error {
  constructor(readonly code: "too_large" | "file_refused" | "rate" | "failed") {
    super(code);
  }
}

/** XMLHttpRequest, because fetch cannot tell how much of a body is sent. */
export function upload(base: string, token: string, file: File, progress: (share: number) => void): Promise<Upload> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `${base}files?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader("authorization", `Bearer ${token}`);
    request.setRequestHeader("content-type", file.type || "application/octet-stream");
    request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
    request.onerror = request.onabort = request.ontimeout = () => reject(new UploadFailed("failed"));
    request.onload = () => {
      if (request.status === 201) resolve(JSON.parse(request.responseText) as Upload);
      else if (request.status === 413) reject(new UploadFailed("too_large"));
      else if (request.status === 415) reject(new UploadFailed("file_refused"));
      else reject(new UploadFailed(request.status === 429 ? "rate" : "failed"));
    };
    request.send(file);
  });
}
