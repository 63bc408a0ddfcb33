import { isUtf8 } from 'node:buffer';
import { failure } from './problem';

/**
 * The text of a file in UTF-8. Any other encoding is an error with line and column: read as UTF-8 its letters would turn
 * into replacement characters, and go to a server like that.
 */
export function utf8Text(file: string, bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  const isUtf16 = [0xfeff, 0xfffe].includes(bytes.length < 2 ? 0 : bytes.readUInt16BE(0));
  throw failure('not-utf8', `The file is ${isUtf16 ? 'in UTF-16, not' : 'not'} in UTF-8`, {
    place: { file, ...firstFault(bytes) },
    hint: 'Save it as UTF-8 in your editor.',
  });
}

/** Where the first bytes stand that are no letter: the decoder puts a replacement character there. */
function firstFault(bytes: Buffer): { line: number; column: number } {
  let start = 0;
  for (let line = 1; ; line += 1) {
    const end = bytes.indexOf('\n', start);
    const part = bytes.subarray(start, end < 0 ? bytes.length : end);
    if (!isUtf8(part) || end < 0) return { line, column: part.toString('utf8').indexOf('\uFFFD') + 1 };
    start = end + 1;
  }
}
