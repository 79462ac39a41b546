/** Where the files of a message are. */
import type { Attachment } from "../../api/types";

export const fileUrl = (file: Attachment): string => `/api/v1/attachments/${file.id}`;
