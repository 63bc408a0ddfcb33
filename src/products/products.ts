import { failure } from '../model/problem';
import type { Product } from './product';
import { wso2Is } from './wso2-is/product';

const PRODUCTS: readonly Product[] = [wso2Is];

/** The product of a name in liftlock.yaml; throws for one that does not exist. */
export function productNamed(name: string): Product {
  const product = PRODUCTS.find((candidate) => candidate.name === name);
  if (product) return product;
  const known = PRODUCTS.map((candidate) => candidate.name).join(', ');
  throw failure('unknown-product', `Product "${name}" is not known to Liftlock; known: ${known}`);
}
