import type { CheckReport } from '../model/report';
import { checkEnvironment, isHealthy } from './check';
import type { Surroundings } from './connect';
import { openProductWorkspace } from './open-workspace';

/** Checks environments side by side; all of the workspace when none is named. */
export async function checkEnvironments(
  folder: string,
  names: readonly string[],
  surroundings: Surroundings,
): Promise<{ report: CheckReport; healthy: boolean }> {
  const { workspace, product } = await openProductWorkspace(folder);
  const wanted = names.length > 0 ? names : workspace.settings.environments;
  const environments = await Promise.all(wanted.map((name) => workspace.environment(name)));
  const checks = await Promise.all(
    environments.map((environment) => checkEnvironment(workspace, product, environment, surroundings)),
  );
  const report: CheckReport = { format: 1, environments: checks };
  return { report, healthy: isHealthy(report) };
}

/** One environment as `env list` shows it. */
export interface EnvironmentSummary {
  readonly name: string;
  readonly url: string;
  readonly tenant: string;
  readonly version: string;
  readonly promotesFrom?: string;
  readonly auth?: string;
}

/** The environments of a workspace, lowest first, as data and as a table. */
export async function listEnvironments(folder: string): Promise<{ environments: EnvironmentSummary[]; text: string }> {
  const { workspace } = await openProductWorkspace(folder);
  const environments = await Promise.all(
    workspace.settings.environments.map(async (name): Promise<EnvironmentSummary> => {
      const { url, tenant, version, promotesFrom, auth } = await workspace.environment(name);
      return {
        name,
        url,
        tenant,
        version,
        ...(promotesFrom ? { promotesFrom } : {}),
        ...(auth ? { auth: auth.type } : {}),
      };
    }),
  );
  return { environments, text: table(environments) };
}

function table(environments: readonly EnvironmentSummary[]): string {
  const rows = environments.map(({ name, url, tenant, version, promotesFrom }) => [
    name,
    url,
    tenant,
    version,
    promotesFrom ?? '-',
  ]);
  const all = [['NAME', 'URL', 'TENANT', 'VERSION', 'PROMOTES FROM'], ...rows];
  const widths = (all[0] ?? []).map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
