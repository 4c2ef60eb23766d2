import { part } from '../kit/parts.js';
import type { Content } from './content.js';

const ALGORITHMS = ['sha256', 'sha384', 'sha512'];

/** Whether a body has one of the strongest hashes of the metadata: https://www.w3.org/TR/SRI/#does-response-match-metadatalist. */
export function matches(content: Pick<Content, 'bytes'>, metadata: string): boolean {
  const hashes = metadata.split(/[\t\n\f\r ]+/).flatMap((item) => {
    const [expression = ''] = item.split('?', 1);
    const strength = ALGORITHMS.indexOf(expression.slice(0, 6).toLowerCase());
    return strength === -1 ? [] : [{ strength, value: expression.slice(7) }];
  });
  const strongest = Math.max(...hashes.map(({ strength }) => strength));
  const algorithm = ALGORITHMS[strongest];
  if (algorithm === undefined) return true;
  const actual = normal(part('crypto').createHash(algorithm).update(content.bytes()).digest('base64'));
  return hashes.some(({ strength, value }) => strength === strongest && normal(value) === actual);
}

/** Base64 without padding and of either alphabet. */
function normal(base64: string): string {
  return base64
    .replaceAll('-', '+')
    .replaceAll('_', '/')
    .replace(/={1,2}$/, '');
}
