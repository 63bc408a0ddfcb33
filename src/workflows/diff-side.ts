import { failure } from '../model/problem';
import type { RenderedState } from './render-desired';
import type { State } from './states';

/** One side of a diff as the user named it. */
export type SideName =
  | { readonly type: 'live' | 'files'; readonly environment: string; readonly text: string }
  | { readonly type: 'git'; readonly revision: string; readonly environment: string; readonly text: string }
  | FileName;

/** A file that the product exported. */
export interface FileName {
  readonly type: 'file';
  readonly file: string;
  readonly text: string;
}

const LOOKS_LIKE_FILE = /[\\/]|\.(?:xml|ya?ml|json)$/i;

/** Reads `ENV`, `files:ENV`, `git:REVISION:ENV`, `file:PATH` or a path. */
export function parseSide(text: string): SideName {
  const git = /^git:(.+):([^:]+)$/s.exec(text);
  if (git?.[1] !== undefined && git[2] !== undefined)
    return { type: 'git', revision: git[1], environment: git[2], text };
  if (text.startsWith('files:')) return { type: 'files', environment: text.slice('files:'.length), text };
  if (/^file:./s.test(text)) return { type: 'file', file: text.slice('file:'.length), text };
  if (LOOKS_LIKE_FILE.test(text)) return { type: 'file', file: text, text };
  if (!text.includes(':')) return { type: 'live', environment: text, text };
  throw failure('usage', `"${text}" is not something to compare`, {
    hint: 'Write ENV (the server), files:ENV (the files rendered), git:REVISION:ENV (the files of a revision) or the path of an exported file.',
  });
}

/** A side as its files give it. */
export interface RenderedSide {
  readonly name: Exclude<SideName, FileName>;
  readonly rendered: RenderedState;
  readonly desired: State;
}

export interface LoadedSide {
  readonly name: SideName;
  readonly state: State;
  /** Of a server: the files rendered for it, to tell what variables account for. */
  readonly files?: RenderedSide;
}

/** Where neither side has an environment; the one that `version` of an environment file defaults to. */
export const DEFAULT_VERSION = '7.1';
