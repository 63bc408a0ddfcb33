import { createHash } from 'node:crypto';

const EXTENSION = '.yaml';
/** Most file systems end at 255 bytes; editors and git add a few for their copies. */
const LONGEST = 240;

/** Not allowed in names on Windows, or a trap elsewhere: separators, wildcards, control and invisible characters. */
const RESERVED = /[<>:"/\\|?*%\p{Cc}\p{Cf}\p{Cn}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu;
/** Device names of Windows, with whatever extension. */
const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?=[ .]|$)/i;

/** The file name of a key, without folder: readable, and safe on Windows, macOS and Linux. It is never read back. */
export function fileName(key: string): string {
  const name = encoded(key);
  return Buffer.byteLength(name + EXTENSION) <= LONGEST ? name + EXTENSION : withDigest(name, key, 6);
}

/**
 * Files for keys of one folder. A key that has a file keeps it; the others get a name of their own. Where names of new
 * keys are the same on a file system that ignores case, all of them carry a digest of their key. A `prefix` that most
 * keys share is left out of the names.
 */
export function assignFiles(
  folder: string,
  keys: readonly string[],
  existing: ReadonlyMap<string, string>,
  occupied: Iterable<string> = [],
  prefix = '',
): Map<string, string> {
  const stem = (key: string): string => (key.startsWith(prefix) && key !== prefix ? key.slice(prefix.length) : key);
  const taken = new Set([...existing.values(), ...occupied].map(folded));
  const newKeys = keys.filter((key) => !existing.has(key));
  const counts = new Map<string, number>();
  for (const key of newKeys) {
    const name = folded(`${folder}/${fileName(stem(key))}`);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const files = new Map<string, string>();
  for (const key of [...newKeys].sort()) {
    const plain = `${folder}/${fileName(stem(key))}`;
    const isFree = !taken.has(folded(plain)) && counts.get(folded(plain)) === 1;
    const file = isFree ? plain : freeName(folder, key, taken);
    taken.add(folded(file));
    files.set(key, file);
  }
  return new Map(keys.map((key) => [key, existing.get(key) ?? files.get(key) ?? '']));
}

/** Six digits of the digest are enough; two keys that share them get more. */
function freeName(folder: string, key: string, taken: ReadonlySet<string>): string {
  for (let length = 6; ; length += 6) {
    const salt = length > 64 ? `${key}#${length}` : key;
    const file = `${folder}/${withDigest(encoded(key), salt, Math.min(length, 64))}`;
    if (!taken.has(folded(file))) return file;
  }
}

function encoded(key: string): string {
  const name = key
    .normalize('NFC')
    .replace(RESERVED, percent)
    .replace(/^[. ]|[. ]$/g, percent)
    .replace(DEVICE, (device) => percent(device.slice(0, 1)) + device.slice(1));
  return name === '' ? '%' : name;
}

function percent(character: string): string {
  return [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}

/** Cuts a name between characters and percent codes, and ends it with a digest of the whole key. */
function withDigest(name: string, key: string, length: number): string {
  const ending = `~${createHash('sha256').update(key).digest('hex').slice(0, length)}${EXTENSION}`;
  const room = LONGEST - Buffer.byteLength(ending);
  let start = '';
  let size = 0;
  for (const token of name.match(/%[0-9A-F]{2}|./gsu) ?? []) {
    size += Buffer.byteLength(token);
    if (size > room) break;
    start += token;
  }
  return start + ending;
}

/** The form in which two names are one file on Windows or macOS. */
function folded(file: string): string {
  return file.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
}
