import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

export const ROOT = path.resolve(__dirname, '../..');

/** README.md and the pages of docs/, relative to the root. */
export const PAGES: readonly string[] = [
  'README.md',
  ...readdirSync(path.join(ROOT, 'docs'))
    .filter((file) => file.endsWith('.md'))
    .sort()
    .map((file) => `docs/${file}`),
];

export interface Block {
  /** What stands behind the fence, such as `sh`. */
  readonly info: string;
  readonly text: string;
}

export function pageText(page: string): string {
  return readFileSync(path.join(ROOT, page), 'utf8');
}

/** The fenced blocks of a page, in order. */
export function blocksOf(page: string): Block[] {
  return [...pageText(page).matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)].map(([, info = '', text = '']) => ({
    info,
    text,
  }));
}

/** The commands of the `sh` blocks of a page, in order; each block begins a new list. */
export function commandsOf(page: string): string[][] {
  return blocksOf(page)
    .filter(({ info }) => info === 'sh')
    .map(({ text }) => text.split('\n').filter((line) => line.trim() !== ''));
}

/** A page without its fenced blocks. */
export function proseOf(page: string): string {
  return pageText(page).replaceAll(/^```.*\n[\s\S]*?^```$/gm, '');
}

/** Texts in backquotes. */
export function codeSpans(markdown: string): string[] {
  return [...markdown.matchAll(/`([^`\n]+)`/g)].map(([, text = '']) => text);
}

/** The part of a page below a heading, up to the next heading of that level or above; undefined without the heading. */
export function sectionOf(page: string, heading: string): string | undefined {
  const lines = proseOf(page).split('\n');
  const start = lines.findIndex((line) => line.replace(/^#+ /, '') === heading && line.startsWith('#'));
  const level = /^#+/.exec(lines[start] ?? '')?.[0].length ?? 0;
  if (start < 0) return undefined;
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => (/^#+(?= )/.exec(line)?.[0].length ?? 9) <= level);
  return rest.slice(0, end < 0 ? undefined : end).join('\n');
}

/** Splits a command line as a shell does, for the quotes that the pages use. */
export function shellWords(line: string): string[] {
  return [...line.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)].map(([word]) =>
    word.replaceAll(/'([^']*)'|"([^"]*)"/g, (_quoted, single?: string, double?: string) => single ?? double ?? ''),
  );
}

/** The files that a page shows in blocks such as ```json configs/dev/serverConfig.json, by name. */
export function shownFiles(page: string): Map<string, string> {
  return new Map(
    blocksOf(page).flatMap(({ info, text }) => {
      const name = /^(?:json|yml) (.+)$/.exec(info)?.[1];
      return name === undefined ? [] : [[name, text] as const];
    }),
  );
}

/** Writes those files into a folder. */
export function writeShownFiles(page: string, folder: string): void {
  for (const [name, text] of shownFiles(page)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
