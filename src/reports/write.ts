import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, extname, resolve } from 'node:path';
import { failure } from '../model/problem';
import { FORMATS } from './formats';
import { reportOf, type Report, type ReportData, type ReportKind } from './report';

/** Refuses a report file whose extension names no format; to be called before the work starts. */
export function checkReportFile(file: string): void {
  formatOf(file);
}

/** Writes a report in the format that the file's extension names. The file is complete or not there. */
export async function writeReport<Kind extends ReportKind>(
  file: string,
  data: ReportData[Kind],
  kind: Kind,
): Promise<void> {
  await writeText(file, formatOf(file)(reportOf(kind, data)));
}

/** Writes a text to a file of the user's choice; it is complete or not there. */
export async function writeText(file: string, text: string): Promise<void> {
  const target = resolve(file);
  const temporary = `${target}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    await mkdir(dirname(target), { recursive: true });
    await writeFile(temporary, text);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    const reason = error instanceof Error ? error.message : String(error);
    throw failure('report-not-written', `${file} could not be written: ${reason}`, {
      hint: 'Name a file in a folder that you may write to.',
    });
  }
}

function formatOf(file: string): (report: Report) => string {
  const extension = extname(file).slice(1).toLowerCase();
  const format = Object.hasOwn(FORMATS, extension) ? FORMATS[extension] : undefined;
  if (format) return format;
  const known = Object.keys(FORMATS).map((one) => `.${one}`);
  throw failure('report-format', `"${file}" does not tell the format of the report.`, {
    hint: `Give it one of these endings: ${known.join(' ')}`,
  });
}
