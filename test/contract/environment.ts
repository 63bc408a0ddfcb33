import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { TestEnvironment } from 'jest-environment-node';
import { EXCHANGES, type Exchange } from '../../src/sandbox/http/exchanges';
import { ChildTraffic } from './child-traffic';
import { ShapeCollector } from '../request-shapes/collected';
import { Ledger, type Judge } from './ledger';
import { ContractSet, isContractThere, type SetName } from './sets';
import { keepTally, TALLIES_FOLDER } from './tally';
import { Validator } from './validator';

/*
 * The environment of every test file. It lives outside of the file's own modules, so what was read and compiled of the
 * contract serves all files that a worker runs. It listens to the sandboxes of the process, and reads what those of child
 * processes wrote down; after-each.ts asks it for the violations.
 */

const validators = new Map<SetName, Validator>();

const judge: Judge = (set, exchange) => {
  const validator = validators.get(set) ?? new Validator(new ContractSet(set));
  validators.set(set, validator);
  return validator.violations(exchange);
};

/** What the environment offers to after-each.ts. */
export interface ContractGlobal {
  takeContractViolations?: () => string[];
}

class ContractEnvironment extends TestEnvironment {
  private readonly ledger = new Ledger(judge);
  private readonly shapes: ShapeCollector;
  private readonly heard: Exchange[] = [];
  private readonly listen = (exchange: unknown): void => void this.heard.push(exchange as Exchange);

  constructor(
    config: ConstructorParameters<typeof TestEnvironment>[0],
    context: ConstructorParameters<typeof TestEnvironment>[1],
    // Begins before the process variables are copied for the test file.
    private readonly children = isContractThere ? ChildTraffic.begin() : undefined,
  ) {
    super(config, context);
    this.shapes = new ShapeCollector(context.testPath);
    if (!this.children) return;
    subscribe(EXCHANGES, this.listen);
    const offered: ContractGlobal = { takeContractViolations: () => this.take() };
    Object.assign(this.global, offered);
  }

  override async teardown(): Promise<void> {
    unsubscribe(EXCHANGES, this.listen);
    const late = this.take();
    this.children?.end();
    keepTally(this.ledger.tally);
    this.shapes.keep(process.env[TALLIES_FOLDER]);
    await super.teardown();
    if (late.length > 0) throw new Error(`Against the contract, after the last test:\n${late.join('\n')}`);
  }

  /** Works between the tests, so that what they measure or wait for takes no longer than without it. */
  private take(): string[] {
    for (const exchange of [...this.heard.splice(0), ...(this.children?.take() ?? [])]) {
      this.ledger.record(exchange);
      this.shapes.record(exchange);
    }
    return this.ledger.take();
  }
}

export default ContractEnvironment;
