import type { ContractGlobal } from './environment';

/* Fails the test, or the file, in which a sandbox spoke or was spoken to against the contract. */

function expectNoViolations(): void {
  const found = (globalThis as ContractGlobal).takeContractViolations?.() ?? [];
  if (found.length > 0) throw new Error(`Against the contract:\n\n${found.join('\n\n')}\n`);
}

afterEach(expectNoViolations);
afterAll(expectNoViolations);
