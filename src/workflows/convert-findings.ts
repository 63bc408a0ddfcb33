import { promises as fs } from 'node:fs';
import { errorProblem, type Problem } from '../model/problem';
import type { ConvertedFile, NotConvertedElement } from '../model/report';
import type { NotConverted } from '../products/product-files';

/** What a conversion left out of a source, as the report has it. */
export function elementOf(
  source: string,
  { element, why, count, meaningless, place }: NotConverted,
): NotConvertedElement {
  return { source, ...(place?.line === undefined ? {} : { line: place.line }), element, why, count, meaningless };
}

/** An error for a file that was not written because another one is in its place; nothing for all others. */
export function inTheWay({ file, source, change }: ConvertedFile): Problem[] {
  if (change !== 'refused') return [];
  const message = `${file} is another file and was not overwritten`;
  const hint = 'Move it, choose another folder with --out, or overwrite it with --force.';
  return [errorProblem('file-in-the-way', message, { place: { file: source }, hint })];
}

export async function isThere(location: string): Promise<boolean> {
  return fs.lstat(location).then(
    () => true,
    () => false,
  );
}
