import { readFile } from 'node:fs/promises';
import { formatPath } from '../model/path';
import { failure } from '../model/problem';
import type { JsonObject } from '../model/json';
import { writeText } from '../reports/write';
import type { ExportedFile, ParameterizeReport, ProposalReport } from '../model/report';
import type { Accepted } from '../substitution/inference/accept';
import { inferGroups } from '../substitution/inference/groups';
import type { Proposal } from '../substitution/inference/proposals';
import { fileFailure } from '../workspace/file-errors';
import { proposalText, readProposals } from '../workspace/proposal-file';
import { writeFiles } from '../workspace/writing';
import { openProductWorkspace, refuseEmptySelection, refuseUnknownKinds } from './open-workspace';
import { carryOut } from './parameterize-files';
import {
  align,
  distinctSources,
  environmentSide,
  loadSource,
  type ParameterizeRequest,
  type Source,
} from './parameterize-sources';

/** Finds what differs between environments; writes variables, overrides and templates for what was accepted. */
export async function parameterize(request: ParameterizeRequest): Promise<ParameterizeReport> {
  const texts = distinctSources(request.sources);
  const opened = await openProductWorkspace(request.folder);
  refuseUnknownKinds(request.selection, opened.kinds);
  const sources: Source[] = [];
  for (const text of texts) sources.push(await loadSource(opened, text, request));
  refuseEmptySelection(
    request.selection,
    sources.reduce((count, { state }) => count + state.artifacts.size, 0),
  );
  const environments = sources.map(({ environment }) => environment.name);
  const variables = sources.map(({ rendered }) => rendered.scope.variables);
  const { groups, proposals } = inferGroups({ environments, artifacts: align(opened, sources), variables });
  const report = { format: 1 as const, environments, proposals: proposals.map((each) => shown(each, environments)) };
  if (request.accepted === undefined) return { ...report, files: [], problems: [], isApplied: false };
  const accepted = request.accepted === 'all' ? allOf(proposals) : request.accepted;
  refuseUnknownProposals(accepted, proposals);
  const outcome = carryOut(opened, sources, groups, accepted);
  const results = await writeFiles(opened.workspace.root, outcome.changes);
  const files = outcome.files.map(({ kind, key, file }): ExportedFile => ({
    kind,
    key,
    file,
    change: results.get(file) ?? 'unchanged',
  }));
  const environmentFiles = sources
    .map(({ environment }) => environment.file)
    .filter((file) => results.get(file) === 'updated');
  const settingsFiles =
    results.get(opened.workspace.settingsFile.file) === 'updated' ? [opened.workspace.settingsFile.file] : [];
  return {
    ...report,
    files,
    settingsFiles: [...settingsFiles, ...environmentFiles],
    problems: outcome.problems,
    isApplied: true,
  };
}

/** Secrets are never taken unasked: their values have to be in the secret stores first. */
function allOf(proposals: readonly Proposal[]): Accepted[] {
  return proposals
    .filter(({ type }) => type !== 'secret')
    .map(({ id, name }) => ({ id, ...(name === undefined ? {} : { name }) }));
}

function refuseUnknownProposals(accepted: readonly Accepted[], proposals: readonly Proposal[]): void {
  const known = new Set(proposals.map(({ id }) => id));
  const unknown = accepted.filter(({ id }) => !known.has(id)).map(({ id }) => id);
  if (unknown.length === 0) return;
  throw failure(
    'outdated-proposals',
    `The environments have changed since the proposals were made: ${unknown.join(', ')} no longer apply`,
    {
      hint: 'Make new proposals with --out and review them again. Nothing was written.',
    },
  );
}

function shown(proposal: Proposal, environments: readonly string[]): ProposalReport {
  const { id, type, name, isExisting, values, places, why } = proposal;
  const entries = environments.flatMap((environment, index): [string, JsonObject[string]][] => {
    const value = values[index];
    return value === undefined ? [] : [[environment, value]];
  });
  return {
    id,
    type,
    ...(name === undefined ? {} : { name }),
    ...(isExisting === true ? { isExisting } : {}),
    ...(values.length === 0 ? {} : { values: Object.fromEntries(entries) }),
    places: places.map(({ artifact, path }) => ({ kind: artifact.kind, key: artifact.key, path: formatPath(path) })),
    why,
  };
}

/** What a reviewed proposal file accepts; it must be about the same environments. */
export async function acceptedIn(file: string, sources: readonly string[]): Promise<readonly Accepted[]> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw fileFailure(error, file, 'read');
  });
  const { environments, accepted } = readProposals(file, text.replace(/^\uFEFF/, ''));
  const named = sources.map((source) => environmentSide(source).environment);
  if (environments.join('\n') === named.join('\n')) return accepted;
  throw failure('other-environments', `${file} is about ${environments.join(', ')}, not ${named.join(', ')}`, {
    place: { file },
    hint: `Run it for the same environments in the same order: ${environments.join(' ')}`,
  });
}

/** Writes proposals for review. A file that is there may hold the decisions of somebody, and is not overwritten. */
export async function writeProposals(
  file: string,
  report: ParameterizeReport,
  sources: readonly string[],
): Promise<void> {
  const text = proposalText(report, `liftlock parameterize ${sources.join(' ')} --proposal ${file}`);
  const found = await readFile(file, 'utf8').catch(() => undefined);
  if (found === text) return;
  if (found !== undefined) {
    throw failure('file-in-the-way', `${file} is there already, perhaps with your decisions`, {
      place: { file },
      hint: 'Give another name after --out, or move the file.',
    });
  }
  await writeText(file, text);
}
