import type { Plan } from '../../src/model/plan';
import { EXIT } from '../../src/model/problem';
import { refuseOtherPlan } from '../../src/workflows/plan-file';

const plan: Plan = {
  format: 1,
  environment: 'prod',
  product: 'wso2-is',
  version: '7.1',
  operations: [],
  unchanged: 0,
  skipped: [],
  notCarried: [],
  awaitingPrune: [],
  unmanaged: [],
  problems: [],
};

test.each([
  ['environment', 'dev'],
  ['product', 'other'],
  ['version', '7.2'],
])('a plan that was made for another %s is refused', (field, other) => {
  const message = `The plan was made for ${field} "${other}", not "${String(plan[field as keyof Plan])}"`;
  expect(() => refuseOtherPlan({ ...plan, [field]: other }, plan)).toThrow(
    expect.objectContaining({ message, exitCode: EXIT.refused }) as Error,
  );
  expect(refuseOtherPlan(plan, plan)).toEqual(plan);
});
