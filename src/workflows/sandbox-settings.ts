import { nearestHint } from '../model/nearest';
import { failure, type LiftlockError } from '../model/problem';
import type { Milliseconds } from '../sandbox/fault-rules/rule';
import { VERSIONS, type Version } from '../sandbox/versions';

const LONGEST_MS = 600_000;

/** A time of the command line: `200`, or `150-250` for a spread. */
export function latencyOf(text: string): Milliseconds {
  const [, from, to] = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(text) ?? [];
  const [min, max] = [Number(from), Number(to ?? from)];
  if (from === undefined || min > max || max > LONGEST_MS) {
    throw failure('invalid-latency', `--latency ${text} is no time`, {
      hint: `Write milliseconds up to ${LONGEST_MS}, such as 200, or the least and the most, such as 150-250.`,
    });
  }
  return to === undefined ? min : { min, max };
}

/** The version of each server that the words name: `7.0` for all, `dev=7.0` for one, which counts more. */
export function releasesOf(words: readonly string[], environments: readonly string[]): ReadonlyMap<string, Version> {
  const [all, own] = [new Map<string, Version>(), new Map<string, Version>()];
  for (const word of words) {
    const [version = '', environment] = word.split('=').reverse();
    const known = VERSIONS.find((each) => each === version.trim());
    if (!known) throw unknown('release', version, VERSIONS);
    if (environment !== undefined && !environments.includes(environment))
      throw unknown('environment', environment, environments);
    const releases = environment === undefined ? all : own;
    const named = environment === undefined ? environments : [environment];
    if (named.some((each) => releases.has(each))) throw twice(environment);
    for (const each of named) releases.set(each, known);
  }
  return new Map([...all, ...own]);
}

function twice(environment: string | undefined): LiftlockError {
  const what = environment === undefined ? 'all servers are' : `"${environment}" is`;
  return failure('release-twice', `--release: ${what} given twice`, {
    hint: 'Give one release for all servers, and one for each that differs, such as 7.1,prod=7.0.',
  });
}

function unknown(what: string, word: string, known: readonly string[]): LiftlockError {
  const near = nearestHint(word, known);
  const all = `Known: ${known.join(', ')}.`;
  return failure(`unknown-${what}`, `--release: there is no ${what} "${word}"`, {
    hint: near === undefined || near === all ? all : `${near} ${all}`,
  });
}
