import type { ExportedFile } from '../model/report';

const LONGEST_SUBJECT = 72;
const LONGEST_LIST = 50;

const CHANGES = [
  ['created', 'added', '+'],
  ['updated', 'changed', '~'],
  ['removed', 'removed', '-'],
] as const;

/** The commit message of an export: how many files changed, and which, per kind. */
export function exportMessage(environment: string, files: readonly ExportedFile[]): string {
  const changed = files.filter((file) => file.change !== 'unchanged');
  const kinds = [...new Set(changed.map((file) => file.kind))].sort();
  const body = kinds.map((kind) =>
    kindText(
      kind,
      changed.filter((file) => file.kind === kind),
    ),
  );
  return [subject(environment, changed), ...body].join('\n\n') + '\n';
}

function subject(environment: string, changed: readonly ExportedFile[]): string {
  const start = `Export ${oneLine(environment)}`;
  const only = changed.length === 1 ? changed[0] : undefined;
  const end = only ? `${wordFor(only)} ${only.kind} ${oneLine(only.key)}` : counts(changed);
  const text = `${start}: ${end}`;
  return text.length <= LONGEST_SUBJECT ? text : `${text.slice(0, LONGEST_SUBJECT - 1).trimEnd()}…`;
}

function counts(changed: readonly ExportedFile[]): string {
  const parts = CHANGES.flatMap(([change, word]) => {
    const count = changed.filter((file) => file.change === change).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  return parts.length > 0 ? parts.join(', ') : 'nothing changed';
}

function wordFor(file: ExportedFile): string {
  return CHANGES.find(([change]) => change === file.change)?.[1] ?? '';
}

function kindText(kind: string, files: readonly ExportedFile[]): string {
  const lines = CHANGES.flatMap(([change, , sign]) =>
    files
      .filter((file) => file.change === change)
      .map((file) => `${sign} ${oneLine(file.key)}`)
      .sort(),
  );
  const more = lines.length - LONGEST_LIST;
  return [
    `${kind}: ${counts(files)}`,
    ...lines.slice(0, LONGEST_LIST),
    ...(more > 0 ? [`… and ${more} more`] : []),
  ].join('\n');
}

function oneLine(text: string): string {
  return text.replaceAll(/[\s\p{C}]+/gu, ' ').trim();
}
