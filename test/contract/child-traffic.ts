import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { TRAFFIC_FOLDER, type Exchange } from '../../src/sandbox/http/exchanges';

/** The exchanges of sandboxes in child processes, which write them to a folder that the process variables name. */
export class ChildTraffic {
  private readonly read = new Map<string, number>();

  private constructor(private readonly folder: string) {}

  /** From now on, child processes of this process write down their exchanges. */
  static begin(): ChildTraffic {
    const folder = mkdtempSync(path.join(tmpdir(), 'liftlock-traffic-'));
    process.env[TRAFFIC_FOLDER] = folder;
    return new ChildTraffic(folder);
  }

  /** What was written since the last call. */
  take(): Exchange[] {
    if (!existsSync(this.folder)) return [];
    return readdirSync(this.folder).flatMap((file) => this.taken(path.join(this.folder, file)));
  }

  /** Ends it and removes what was written, secrets among it. */
  end(): void {
    if (process.env[TRAFFIC_FOLDER] === this.folder) delete process.env[TRAFFIC_FOLDER];
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A process that was killed may leave half of a line: what stands behind the last line end is left for later. */
  private taken(file: string): Exchange[] {
    const bytes = readFileSync(file);
    const from = this.read.get(file) ?? 0;
    const to = bytes.lastIndexOf('\n') + 1;
    this.read.set(file, to);
    const lines = bytes.subarray(from, to).toString('utf8').split('\n');
    return lines.filter((line) => line !== '').map((line): Exchange => JSON.parse(line));
  }
}
