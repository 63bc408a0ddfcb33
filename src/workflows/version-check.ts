import { isObject, type Json } from '../model/json';
import { compareVersions } from '../model/kind';
import { isInterruption } from '../model/problem';
import type { CheckItem } from '../model/report';
import type { VersionSign } from '../products/product';
import type { HttpResponse, Transport } from '../transport/messages';
import type { Environment } from '../workspace/environment';

/** What the signs tell of a server: it is from one version on, and before another. */
export interface VersionRange {
  readonly from?: string;
  readonly before?: string;
}

/** Answers of a path that is there, whether or not we may read it. */
const REFUSALS = [403, 405];

/**
 * Compares the version of an environment file with what the server shows. A wrong one makes Liftlock send fields that the
 * server does not know, or leave out others, so it is worth a warning; a server that shows nothing is taken at the
 * file's word.
 */
export async function versionItem(
  transport: Transport,
  signs: readonly VersionSign[],
  { version, file }: Pick<Environment, 'version' | 'file'>,
): Promise<CheckItem> {
  const range = rangeOf(signs, await seenSigns(transport, signs));
  const name = 'version';
  if (!range.from && !range.before) {
    return { name, status: 'ok', detail: `${version}, as ${file} says (the server does not tell)` };
  }
  if (holds(range, version)) {
    return { name, status: 'ok', detail: `${version}, as ${file} says; the server answers like ${rangeText(range)}` };
  }
  return {
    name,
    status: 'warning',
    detail: `${file} says ${version}, but the server answers like ${rangeText(range)}`,
    hint: `Set "version" in ${file} to that of the server: it decides which fields and kinds are read and sent.`,
  };
}

/** Signs that point both ways, as after a partial update, tell only the newest that is there. */
export function rangeOf(signs: readonly VersionSign[], seen: readonly (boolean | undefined)[]): VersionRange {
  const versions = (is: boolean): string[] => signs.filter((_, index) => seen[index] === is).map(({ since }) => since);
  const from = versions(true).sort(compareVersions).at(-1);
  const before = versions(false)
    .filter((since) => from === undefined || compareVersions(since, from) > 0)
    .sort(compareVersions)[0];
  return { ...(from && { from }), ...(before && { before }) };
}

function holds({ from, before }: VersionRange, version: string): boolean {
  if (from && compareVersions(version, from) < 0) return false;
  return !before || compareVersions(version, before) < 0;
}

function rangeText({ from, before }: VersionRange): string {
  if (!from) return `a version before ${before}`;
  return before ? `${from} (before ${before})` : `${from} or newer`;
}

/** Whether each sign is there; undefined where the answer does not tell. */
async function seenSigns(transport: Transport, signs: readonly VersionSign[]): Promise<(boolean | undefined)[]> {
  const answers = new Map<string, Promise<HttpResponse | undefined>>();
  return Promise.all(
    signs.map(async (sign) => {
      const key = sign.path.join('/');
      const asked = answers.get(key) ?? ask(transport, sign);
      answers.set(key, asked);
      const answer = await asked;
      return answer && isSeen(sign, answer);
    }),
  );
}

async function ask(transport: Transport, { path, query }: VersionSign): Promise<HttpResponse | undefined> {
  try {
    return await transport.send({ method: 'GET', path, query: { ...query }, accept: [404, ...REFUSALS] });
  } catch (error) {
    if (isInterruption(error)) throw error;
    // Whether the API answers is another check's business.
    return undefined;
  }
}

function isSeen({ field }: VersionSign, { status, body }: HttpResponse): boolean | undefined {
  if (field === undefined) return status !== 404;
  const first: Json | undefined = status === 200 && Array.isArray(body) ? body[0] : undefined;
  return isObject(first) ? Object.hasOwn(first, field) : undefined;
}
