import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Exchange } from '../../src/sandbox/http/exchanges';
import { exampleOf, lineOf, shapeOf, type Example } from './shape';

/**
 * Examples of the shapes that the tests of a file sent to sandboxes of 6.0 and 6.1, the shortest of each shape. Files whose
 * bodies come from beside the repository are left out: nothing of those may be copied into it.
 */
export class ShapeCollector {
  private readonly examples = new Map<string, Example>();
  private readonly isOurs: boolean;

  constructor(testPath: string) {
    this.isOurs = !readFileSync(testPath, 'utf8').includes('shared/fixtures');
  }

  record(exchange: Exchange): void {
    if (!this.isOurs || (exchange.version !== '6.0' && exchange.version !== '6.1') || exchange.fault) return;
    const example = exampleOf(exchange);
    if (example !== undefined) keepShorter(this.examples, example);
  }

  /** Leaves them for the end of the run. */
  keep(folder: string | undefined): void {
    if (folder === undefined) return;
    const lines = [...this.examples.values()].map((example) => `${JSON.stringify(example)}\n`);
    if (lines.length > 0) appendFileSync(path.join(folder, `shapes-${process.pid}`), lines.join(''));
  }
}

/** Adds an example, unless a shorter one of its shape is there. */
export function keepShorter(examples: Map<string, Example>, example: Example): void {
  const line = lineOf(shapeOf(example));
  const known = examples.get(line);
  if (known === undefined || weight(example) < weight(known)) examples.set(line, example);
}

function weight(example: Example): number {
  return JSON.stringify(example).length;
}

/** The examples that the test files of a run left, by the lines of their shapes. */
export function collectedShapes(folder: string): Map<string, Example> {
  const examples = new Map<string, Example>();
  for (const file of readdirSync(folder).filter((name) => name.startsWith('shapes-'))) {
    for (const example of examplesIn(path.join(folder, file))) keepShorter(examples, example);
  }
  return examples;
}

/** The examples in a file of one JSON object a line. */
export function examplesIn(file: string): Example[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line): Example => JSON.parse(line));
}
