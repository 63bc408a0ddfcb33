import { createHash } from 'node:crypto';
import type { UploadedFile } from './messages';

/** A body with its content type. */
export interface EncodedBody {
  readonly text: string;
  readonly contentType: string;
}

/**
 * A form with one part, the file (RFC 7578). The boundary is made from the content: the same file gives the same bytes,
 * and a text that holds its own boundary would have to hold its own digest.
 */
export function fileForm({ name, contentType, text }: UploadedFile): EncodedBody {
  const boundary = `liftlock-${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;
  const fileName = name.replaceAll(/["\r\n]/g, (character) => encodeURIComponent(character));
  const lines = [
    `--${boundary}`,
    `Content-Disposition: form-data; name="file"; filename="${fileName}"`,
    `Content-Type: ${contentType}`,
    '',
    text,
    `--${boundary}--`,
    '',
  ];
  return { text: lines.join('\r\n'), contentType: `multipart/form-data; boundary=${boundary}` };
}
