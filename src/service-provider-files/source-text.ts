import { failure, type LiftlockError, type Place } from '../model/problem';

export type FileFormat = 'xml' | 'yaml' | 'json';

/** A file as text, with what is needed to say where something stands in it. */
export class SourceText {
  private lineStarts: number[] | undefined;

  constructor(
    readonly file: string,
    readonly text: string,
  ) {}

  /** Line and column of an offset, both from 1. */
  place(offset: number): Place {
    const starts = (this.lineStarts ??= lineStartsOf(this.text));
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { file: this.file, line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  }

  /** An error at an offset. */
  fault(code: string, message: string, offset: number, hint?: string): LiftlockError {
    return failure(code, message, { place: this.place(offset), ...(hint === undefined ? {} : { hint }) });
  }
}

function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** Encodings that XML files of the product, or of an editor on the way, may declare. */
const ENCODINGS: Readonly<Record<string, string>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  'iso-8859-1': 'iso-8859-1',
  'windows-1252': 'windows-1252',
  'utf-16': 'utf-16',
};

/**
 * The text of a file's bytes. A byte order mark decides the encoding, then an XML declaration, else it is UTF-8.
 * Throws for bytes that are not text in that encoding, for encodings that are not supported, and for binary files.
 */
export function decodeText(bytes: Uint8Array, file: string): string {
  const encoding = markedEncoding(bytes) ?? declaredEncoding(bytes, file);
  const refuse = (message: string, hint: string): never => {
    throw failure('not-text', message, { place: { file }, hint });
  };
  let text: string;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return refuse(
      `The file is not valid ${encoding.toUpperCase()} text`,
      'Export it again, or save it as UTF-8; the product writes UTF-8.',
    );
  }
  if (text.includes('\0')) refuse('The file is not a text file', 'Name a file that the product exported.');
  return text;
}

function markedEncoding(bytes: Uint8Array): string | undefined {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return undefined;
}

function declaredEncoding(bytes: Uint8Array, file: string): string {
  const start = Buffer.from(bytes.subarray(0, 200)).toString('latin1');
  const declared = /^\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)["']/.exec(start)?.[1];
  if (declared === undefined) return 'utf-8';
  const encoding = ENCODINGS[declared.toLowerCase()];
  if (encoding !== undefined && encoding !== 'utf-16') return encoding;
  throw failure('not-text', `The file declares the encoding "${declared}", which is not supported`, {
    place: { file, line: 1, column: 1 },
    hint: 'Save it as UTF-8 and change the declaration.',
  });
}

/** The format by the file's name, else by how the text begins. */
export function formatOf(file: string, text: string): FileFormat {
  const ending = /\.(xml|ya?ml|json)$/i.exec(file)?.[1]?.toLowerCase();
  if (ending !== undefined) return ending === 'yml' ? 'yaml' : (ending as FileFormat);
  const start = /\S/.exec(text)?.[0];
  if (start === '<') return 'xml';
  return start === '{' || start === '[' ? 'json' : 'yaml';
}
