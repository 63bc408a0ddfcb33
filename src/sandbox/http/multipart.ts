/** One part of a multipart/form-data form; of a plain form field, too. */
export interface UploadedFile {
  readonly field: string;
  /** As the client named it, so never to be used as a path. */
  readonly filename?: string;
  /** `text/plain` when the part names none (RFC 7578 §4.4). */
  readonly contentType: string;
  readonly bytes: Buffer;
}

const LINE_END = '\r\n';
const HEADERS_END = '\r\n\r\n';

/**
 * The parts of a form (RFC 7578, RFC 2046 §5.1.1) in the order in which they were sent.
 * @param contentType the Content-Type header, which names the boundary
 * @returns undefined when the header names no boundary, no delimiter is found, or a part has no field name
 */
export function formParts(contentType: string, body: Buffer): UploadedFile[] | undefined {
  const boundary = parameterOf(contentType, 'boundary');
  if (boundary === undefined || boundary === '') return undefined;
  // The first delimiter may stand at the very start: with a line end in front it is one like the others.
  const contents = partContents(Buffer.concat([Buffer.from(LINE_END), body]), `--${boundary}`);
  const parts = contents?.map(readPart);
  return parts?.every((part) => part !== undefined) ? parts : undefined;
}

/**
 * What stands between the delimiters: headers and content of each part. The product's reader takes the end of the body
 * for the end of the last part, and so takes the forms of clients that send no closing delimiter.
 */
function partContents(body: Buffer, delimiter: string): Buffer[] | undefined {
  const parts: Buffer[] = [];
  let line = nextDelimiter(body, delimiter, 0);
  if (!line) return undefined;
  while (line && !line.closes) {
    const next = nextDelimiter(body, delimiter, line.end);
    // The line end in front of the content stays: a part without headers starts with the empty line itself.
    parts.push(body.subarray(line.end, next ? Math.max(next.start, line.end) : body.length));
    line = next;
  }
  return parts;
}

interface DelimiterLine {
  /** Where the line end in front of it starts. */
  readonly start: number;
  /** Where the line end behind it starts. */
  readonly end: number;
  /** The delimiter behind the last part. */
  readonly closes: boolean;
}

/** The next line that is a delimiter as a whole: content may hold lines that only start like one. */
function nextDelimiter(body: Buffer, delimiter: string, from: number): DelimiterLine | undefined {
  const wanted = LINE_END + delimiter;
  for (
    let start = body.indexOf(wanted, from, 'latin1');
    start >= 0;
    start = body.indexOf(wanted, start + 1, 'latin1')
  ) {
    const after = start + wanted.length;
    if (body.subarray(after, after + 2).toString('latin1') === '--') return { start, end: after, closes: true };
    const end = body.indexOf(LINE_END, after);
    if (end >= 0 && body.subarray(after, end).toString('latin1').trim() === '') return { start, end, closes: false };
  }
  return undefined;
}

function readPart(content: Buffer): UploadedFile | undefined {
  const split = content.indexOf(HEADERS_END);
  if (split < 0) return undefined;
  const headers = partHeaders(content.subarray(0, split).toString('utf8'));
  const disposition = headers.get('content-disposition') ?? '';
  const field = parameterOf(disposition, 'name');
  if (!/^form-data\b/i.test(disposition) || field === undefined) return undefined;
  const filename = parameterOf(disposition, 'filename');
  return {
    field,
    ...(filename === undefined ? {} : { filename }),
    contentType: headers.get('content-type') ?? 'text/plain',
    bytes: content.subarray(split + HEADERS_END.length),
  };
}

function partHeaders(lines: string): Map<string, string> {
  const headers = new Map<string, string>();
  for (const line of lines.split(LINE_END)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return headers;
}

const PARAMETER = /;\s*([^\s=;]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]*))/g;

/** A parameter of a header value, quoted or not; browsers send a quote inside as %22, others as \". */
function parameterOf(header: string, name: string): string | undefined {
  const found = [...header.matchAll(PARAMETER)].find((hit) => hit[1]?.toLowerCase() === name);
  const quoted = found?.[2]?.replace(/\\(["\\])/g, '$1').replaceAll('%22', '"');
  return quoted ?? found?.[3];
}
