import type * as Conversion from '../reports/conversion-text';
import type * as ReportFiles from '../reports/write';
import type * as ReportKinds from '../reports/report';
import type * as Terminal from '../reports/terminal/terminal';
import type * as TerminalProblems from '../reports/terminal/problems';

/**
 * Modules that a command does not need until it has something to say, loaded at their first use: they cost start-up
 * time. CommonJS's own way, because `import()` of a file would want an ending that only the compiled file has.
 */
export const lazy = {
  conversion: (): typeof Conversion => module.require('../reports/conversion-text') as typeof Conversion,
  reportFiles: (): typeof ReportFiles => module.require('../reports/write') as typeof ReportFiles,
  reportKinds: (): typeof ReportKinds => module.require('../reports/report') as typeof ReportKinds,
  terminal: (): typeof Terminal => module.require('../reports/terminal/terminal') as typeof Terminal,
  problems: (): typeof TerminalProblems => module.require('../reports/terminal/problems') as typeof TerminalProblems,
};
