/** What is known about the terminal (or file) behind a stream; the options of the terminal reports. */
export interface TerminalStyle {
  readonly width: number;
  /** Nothing is left out or cut: the reader is a file or another program, or asked for it. */
  readonly full: boolean;
  readonly colour: boolean;
  readonly unicode: boolean;
}

interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
}

const USUAL_WIDTH = 80;
const WIDEST = 140;

/**
 * Width, colour and character set for a stream. `NO_COLOR` and `FORCE_COLOR` are obeyed, in this order. Where there is
 * no terminal, lines are as long as they are, unless `COLUMNS` says otherwise.
 */
export function terminalStyle(stream: OutputStream, environment: NodeJS.ProcessEnv): TerminalStyle {
  const asked = Number(environment['COLUMNS']) || undefined;
  const isTerminal = stream.isTTY === true;
  return {
    width: isTerminal ? Math.min(stream.columns ?? asked ?? USUAL_WIDTH, WIDEST) : (asked ?? Infinity),
    full: !isTerminal,
    colour: wantsColour(stream, environment),
    unicode: knowsUnicode(environment),
  };
}

function wantsColour(stream: OutputStream, environment: NodeJS.ProcessEnv): boolean {
  if (environment['NO_COLOR']) return false;
  const forced = environment['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return stream.isTTY === true && environment['TERM'] !== 'dumb';
}

/** The Linux console and terminals that are told to use a plain locale get ASCII; logs and the rest are fine. */
function knowsUnicode(environment: NodeJS.ProcessEnv): boolean {
  if (environment['TERM'] === 'linux') return false;
  const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'] || '';
  return !/^(?:C|POSIX)$/.test(locale);
}
