import { resolve } from 'node:path';
import { Flags } from '@oclif/core';
import type { InitDocument } from '../cli/command-schemas';
import { lazy } from '../cli/lazy';
import { WorkflowCommand } from '../cli/workflow-command';
import { lazyWorkflows } from '../cli/workflows';
import { EXIT, failure } from '../model/problem';

export default class InitCommand extends WorkflowCommand {
  static override summary = 'Make a workspace in a folder.';
  static override description = `Writes liftlock.yaml, one file per environment and JSON Schemas for editors;
overwrites nothing. Asks for the environments on a terminal when none are
given. Credentials are written as references to environment variables.

Exit codes: 0 done, 1 error; also when an artifact of --from-iamctl could not
be taken over (the others are written).`;
  static override examples = [
    '<%= config.bin %> init -e dev=https://is.dev.example.com -e prod=https://example.com',
    '<%= config.bin %> init --from-iamctl ../iamctl --environments dev,prod -C boats',
  ];
  // What oclif makes of the relations between the flags cannot be read.
  static override usage = [
    '<%= command.id %> [-C DIR] -e NAME=URL... [--auth client-credentials|basic]',
    '<%= command.id %> [-C DIR] --from-iamctl DIR [--environments NAME,NAME]',
  ];
  static override flags = {
    environment: Flags.string({
      char: 'e',
      helpValue: 'NAME=URL',
      multiple: true,
      multipleNonGreedy: true,
      summary: 'An environment, lowest first; may be repeated.',
    }),
    'from-iamctl': Flags.string({
      exclusive: ['environment'],
      helpValue: 'DIR',
      summary: 'Take over a folder made for IAM-CTL: environments, keywords, applications, identity providers, claims.',
    }),
    environments: Flags.string({
      dependsOn: ['from-iamctl'],
      helpValue: 'NAME,NAME',
      summary: 'Environments of that folder to take over, lowest first.',
    }),
    product: Flags.string({ default: 'wso2-is', options: ['wso2-is'], summary: 'Kind of server.' }),
    auth: Flags.string({
      default: 'client-credentials',
      exclusive: ['from-iamctl'],
      options: ['client-credentials', 'basic'],
      summary: 'How requests prove who sends them.',
    }),
  };

  async run(): Promise<InitDocument> {
    const { flags } = await this.parse(InitCommand);
    const source = flags['from-iamctl'];
    if (source !== undefined) return this.fromIamctl(source, flags);
    const given = flags.environment ?? (await this.askEnvironments(flags['no-input']));
    const environments = given.map(readEnvironment);
    const auth = flags.auth === 'basic' ? 'basic' : 'client-credentials';
    const made = await lazyWorkflows
      .init()
      .makeWorkspace(this.workspaceFolder(flags), { product: flags.product, environments, auth, from: process.cwd() });
    this.print(made.text);
    return { files: made.files };
  }

  /** An artifact that could not be carried over makes the command fail; the others are written. */
  private async fromIamctl(
    source: string,
    flags: { workspace: string; 'no-input': boolean; environments?: string },
  ): Promise<InitDocument> {
    const ask = (found: readonly string[]): Promise<string[] | undefined> =>
      this.askLines(`Found ${found.join(', ')}. Their order, lowest first, one a line; an empty line ends:`);
    const made = await lazyWorkflows.fromIamctl().makeWorkspaceFromIamctl({
      source: resolve(source),
      folder: this.workspaceFolder(flags),
      ...(flags.environments === undefined ? {} : { environments: namesIn(flags.environments) }),
      ...(flags['no-input'] || this.jsonEnabled() ? {} : { askEnvironments: ask }),
      variables: process.env,
    });
    const place = { folder: this.workspaceFolder(flags), from: process.cwd() };
    this.print(lazy.conversion().conversionText(made.conversion, made.files, place, this.style));
    if (made.conversion.artifacts.some(({ problem }) => problem !== undefined)) process.exitCode = EXIT.error;
    return made;
  }

  private async askEnvironments(noInput: boolean): Promise<string[]> {
    const answers =
      noInput || this.jsonEnabled()
        ? undefined
        : await this.askLines('Environments, lowest first, one NAME=URL a line; an empty line ends:');
    if (answers && answers.length > 0) return answers;
    throw failure('missing-environments', 'A workspace needs at least one environment', {
      hint: 'Name them with --environment NAME=URL, lowest first.',
    });
  }
}

function namesIn(text: string): string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}

function readEnvironment(text: string): { name: string; url: string } {
  const at = text.indexOf('=');
  if (at > 0 && at < text.length - 1) return { name: text.slice(0, at).trim(), url: text.slice(at + 1).trim() };
  throw failure('usage', `"${text}" does not name an environment`, {
    hint: 'Write NAME=URL, such as dev=https://is.dev.example.com.',
  });
}
