import { Flags } from '@oclif/core';
import { WorkflowCommand } from '../../cli/workflow-command';
import { lazy } from '../../cli/lazy';
import { terminalStyle } from '../../cli/style';
import { lazyWorkflows } from '../../cli/workflows';
import type { SandboxCopy } from '../../workflows/sandbox-copies';

/** Where --https writes the certificates to trust. */
const CERTIFICATE = '.liftlock/sandbox-ca.pem';

export default class SandboxStartCommand extends WorkflowCommand {
  static override summary = 'Start local servers to try everything on.';
  static override description = `Three stand-ins for WSO2 Identity Server (dev, preprod, prod of an invented
company) on 127.0.0.1, on consecutive ports. They run until Ctrl-C. Sign in
with client id "liftlock" and secret "liftlock-sandbox", or with user "admin"
and password "admin". With --json one line names the servers once they listen.

Exit codes: 0 ended by Ctrl-C, 1 error.`;
  static override examples = [
    '<%= config.bin %> sandbox start',
    '<%= config.bin %> sandbox start --port 0 --https',
    '<%= config.bin %> sandbox start --release 7.2',
    "<%= config.bin %> sandbox start --fault 'GET /applications 429 retry-after=1 x3'",
  ];
  static override flags = {
    port: Flags.integer({
      default: 9443,
      min: 0,
      max: 65533,
      helpValue: 'N',
      summary: 'First port; 0 takes free ones.',
    }),
    https: Flags.boolean({ summary: 'Speak HTTPS, with certificates made for this run.' }),
    certificate: Flags.string({
      dependsOn: ['https'],
      helpValue: 'FILE',
      summary: `Where --https writes the certificates to trust; default ${CERTIFICATE}.`,
    }),
    latency: Flags.string({
      default: '0',
      helpValue: 'MS|MIN-MAX',
      summary: 'Answer each request after this many milliseconds, such as 200 or 150-250.',
    }),
    release: Flags.string({
      delimiter: ',',
      helpValue: '[ENV=]VERSION',
      multiple: true,
      multipleNonGreedy: true,
      summary: 'Product version to stand in for (5.11 … 7.3, next), for all servers or one; default 7.1.',
    }),
    fault: Flags.string({
      helpValue: 'RULE',
      multiple: true,
      multipleNonGreedy: true,
      summary: "A fault, such as 'GET /applications 429 x3'; may be repeated.",
    }),
    faults: Flags.string({
      helpValue: 'FILE',
      multiple: true,
      multipleNonGreedy: true,
      summary: 'A file of fault rules, YAML or JSON; may be repeated.',
    }),
    seed: Flags.integer({
      min: 0,
      max: 999_999_999,
      helpValue: 'N',
      summary: 'Decides what is left to chance; default 1.',
    }),
    'token-lifetime': Flags.integer({ min: 1, helpValue: 'SECONDS', summary: 'How long tokens last; default 3600.' }),
    empty: Flags.boolean({ summary: 'Without the sample company.' }),
    from: Flags.string({
      helpValue: 'ENV',
      multiple: true,
      multipleNonGreedy: true,
      exclusive: ['empty'],
      summary: 'A copy of this environment (or files:ENV, of its files) in place of the company; may be repeated.',
    }),
    state: Flags.string({ helpValue: 'DIR', summary: 'Keep the state of the servers in this folder between runs.' }),
  };

  async run(): Promise<void> {
    const { flags } = await this.parse(SandboxStartCommand);
    const stopped = new Promise<void>((resolve) =>
      this.interrupted.addEventListener('abort', () => resolve(), { once: true }),
    );
    const { certificate = CERTIFICATE } = flags;
    const copies = await this.copies(flags);
    const { servers, close } = await lazyWorkflows.sandbox().startSandboxes({
      port: flags.port,
      https: flags.https,
      latency: flags.latency,
      releases: flags.release ?? [],
      faults: { lines: flags.fault ?? [], files: flags.faults ?? [] },
      empty: flags.empty,
      certificateFile: certificate,
      ...(flags.seed === undefined ? {} : { seed: flags.seed }),
      ...(flags['token-lifetime'] === undefined ? {} : { tokenLifetimeSeconds: flags['token-lifetime'] }),
      ...(copies ? { copies } : {}),
      ...(flags.state === undefined ? {} : { stateFolder: flags.state }),
    });
    if (this.jsonEnabled()) process.stdout.write(`${JSON.stringify({ format: 1, servers })}\n`);
    for (const { environment, url } of servers) this.print(`${environment.padEnd(8)} ${url}\n`);
    if (flags.https) this.print(`Certificates to trust: ${certificate}\n`);
    this.print('\nThe sandbox is running; Ctrl-C ends it. In another terminal: liftlock env check\n');
    await stopped;
    await close();
  }

  /** Copies of environments; says what of them is not copied. */
  private async copies(flags: { workspace: string; from?: string[] }): Promise<SandboxCopy[] | undefined> {
    if (!flags.from?.length) return undefined;
    const copies = await lazyWorkflows
      .sandboxCopies()
      .copiesOf(this.workspaceFolder(flags), flags.from, this.surroundings);
    const told = lazyWorkflows.sandboxCopies().notesOf(copies);
    process.stderr.write(lazy.problems().renderProblems(told, terminalStyle(process.stderr, process.env)));
    return copies;
  }
}
