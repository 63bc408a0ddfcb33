import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { Fault, faultFrom, type FaultKind, type Phase } from './fault';
import { endOf } from './lifetime';

export interface TimeLimits {
  readonly connectTimeoutMs: number;
  readonly readTimeoutMs: number;
}

/**
 * Watches one request on the wire: how far it has come, whether it takes too long, whether it was interrupted.
 * Ends the request and calls `onFault` once when it has to stop.
 */
export class Watch {
  private timer: NodeJS.Timeout | undefined;
  private request: ClientRequest | undefined;
  private phase: Phase = 'connecting';
  private proxyStatus = 200;
  private stopped = false;

  constructor(
    private readonly limits: TimeLimits,
    private readonly signal: AbortSignal,
    private readonly onFault: (fault: Fault) => void,
  ) {
    this.signal.addEventListener('abort', this.abort);
  }

  /** Begins with the request; to be called as soon as it exists. */
  attach(request: ClientRequest): void {
    if (this.stopped) {
      request.destroy();
      return;
    }
    this.request = request;
    this.arm(this.limits.connectTimeoutMs, 'connect-timeout');
    // Emitted by https-proxy-agent with the proxy's answer to CONNECT.
    request.once('proxyConnect', (answer: { statusCode: number }) => {
      this.proxyStatus = answer.statusCode;
    });
    request.once('socket', (socket: Socket) => this.awaitConnection(request, socket));
    request.once('finish', () => this.progress());
    request.once('response', () => {
      this.phase = 'answering';
      this.progress();
    });
    if (this.signal.aborted) this.abort();
  }

  /** A sign of life: the read timeout begins anew. */
  progress(): void {
    if (this.phase !== 'connecting') this.timer?.refresh();
  }

  /**
   * Checks that the answer is the server's own. https-proxy-agent hands over a proxy's refusal as if the server had said it.
   * @throws {Fault} `proxy-failed`.
   */
  checkOrigin(): void {
    if (this.proxyStatus !== 200) throw this.explain(undefined);
  }

  /** What an error of this request means. */
  explain(error: unknown): Fault {
    if (error instanceof Fault) return error;
    if (this.proxyStatus === 200) return faultFrom(error, this.phase);
    return new Fault('proxy-failed', 'connecting', `it answered ${this.proxyStatus}`);
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    this.signal.removeEventListener('abort', this.abort);
  }

  private readonly abort = (): void => {
    this.fail(endOf(this.signal).kind);
  };

  private awaitConnection(request: ClientRequest, socket: Socket): void {
    if (request.reusedSocket) this.connected();
    else if (socket instanceof TLSSocket) socket.once('secureConnect', () => this.connected());
    else if (socket.connecting) socket.once('connect', () => this.connected());
    else this.connected();
  }

  /** From here on the request may have reached the server. */
  private connected(): void {
    if (this.stopped) return;
    if (this.phase === 'connecting') this.phase = 'sent';
    this.arm(this.limits.readTimeoutMs, 'read-timeout');
  }

  private arm(milliseconds: number, kind: FaultKind): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.fail(kind), milliseconds);
  }

  private fail(kind: FaultKind): void {
    if (this.stopped) return;
    this.stop();
    this.onFault(new Fault(kind, this.phase));
    this.request?.destroy();
  }
}
