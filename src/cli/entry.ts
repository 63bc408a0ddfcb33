import ApplyCommand from '../commands/apply';
import ConvertCommand from '../commands/convert';
import DiffCommand from '../commands/diff';
import DriftCommand from '../commands/drift';
import EnvCheckCommand from '../commands/env/check';
import EnvListCommand from '../commands/env/list';
import ExportCommand from '../commands/export';
import InitCommand from '../commands/init';
import LintCommand from '../commands/lint';
import PlanCommand from '../commands/plan';
import PromoteCommand from '../commands/promote';
import RenderCommand from '../commands/render';
import SandboxStartCommand from '../commands/sandbox/start';
import { main as run } from './main';

/** All commands by id, for oclif: one file holds them all, because loading hundreds is most of a short command's time. */
export const COMMANDS = {
  apply: ApplyCommand,
  convert: ConvertCommand,
  diff: DiffCommand,
  drift: DriftCommand,
  'env:check': EnvCheckCommand,
  'env:list': EnvListCommand,
  export: ExportCommand,
  init: InitCommand,
  lint: LintCommand,
  plan: PlanCommand,
  promote: PromoteCommand,
  render: RenderCommand,
  'sandbox:start': SandboxStartCommand,
};

/** Runs the command line with the commands of this file. */
export function main(options: Parameters<typeof run>[0]): Promise<void> {
  return run(options, Object.keys(COMMANDS));
}
