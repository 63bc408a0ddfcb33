import type { Json } from '../model/json';
import type { Fault } from './fault';
import type { WireAnswer } from './wire';

/** What became of one try: an answer of the server, or none. */
export type Outcome = AnswerOutcome | { readonly type: 'fault'; readonly fault: Fault };

export interface AnswerOutcome {
  readonly type: 'answer';
  readonly answer: WireAnswer;
  /** 2xx, or a status that the caller accepts. */
  readonly welcome: boolean;
  /** Of a welcome answer. */
  readonly body: Json | undefined;
  /** How long a server that throttles asked to wait. */
  readonly retryAfterMs: number | undefined;
}

/** `look-up`: the server may have done it, so that it must not simply be sent again. */
export type Verdict = 'done' | 'final' | 'repeat' | 'look-up';

export interface Circumstances {
  /** Doing it twice is the same as doing it once. */
  readonly repeatable: boolean;
  /** The caller can find out whether it was done. */
  readonly canLookUp: boolean;
  /** Some request has been answered before: the address is right, so that trouble in connecting will pass. */
  readonly reached: boolean;
}

/**
 * Whether a request may be sent again.
 *
 * 429 says that nothing was done (RFC 6585). 503 says so too (RFC 9110), but comes from gateways as well; so a request
 * that is not repeatable is looked up after a 503 where the caller can, and repeated otherwise. 502 and 504 say nothing
 * about what the server behind the gateway did. 500 is the server's own last word.
 */
export function judge(outcome: Outcome, circumstances: Circumstances): Verdict {
  return outcome.type === 'answer' ? judgeAnswer(outcome, circumstances) : judgeFault(outcome.fault, circumstances);
}

function judgeAnswer(outcome: AnswerOutcome, { repeatable, canLookUp }: Circumstances): Verdict {
  const { status } = outcome.answer;
  if (outcome.welcome) return 'done';
  if (status === 429) return 'repeat';
  if (status === 503) return repeatable || !canLookUp ? 'repeat' : 'look-up';
  if (status === 502 || status === 504) return repeatable ? 'repeat' : 'look-up';
  return 'final';
}

function judgeFault(fault: Fault, { repeatable, reached }: Circumstances): Verdict {
  switch (fault.kind) {
    case 'connection-refused':
    case 'host-unknown':
    case 'host-unreachable':
    case 'connect-timeout':
      // Never connected, so never sent. On the first contact it is most likely a wrong address: fail at once.
      return reached ? 'repeat' : 'final';
    case 'connection-lost':
    case 'read-timeout':
    case 'answer-cut':
      return repeatable || !fault.sent ? 'repeat' : 'look-up';
    default:
      return 'final';
  }
}
