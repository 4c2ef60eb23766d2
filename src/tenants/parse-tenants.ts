import type { z } from 'zod';
import { excessesOf, type LimitBounds } from '../runtime/index.js';
import { readYaml } from './read-yaml.js';
import type { Tenant, Tenants } from './tenant.js';
import { tenantSchema } from './tenant-schema.js';

/** Safe as a metric label and in a log line. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
/** Looks like a misspelled field name. Anything else may be a misplaced secret and is not shown. */
const FIELD = /^[A-Za-z]{1,20}$/;

export type ParsedTenants =
  | { readonly kind: 'parsed'; readonly tenants: Tenants }
  /** Each problem names its field and shows nothing that may be a secret. */
  | { readonly kind: 'refused'; readonly problems: readonly string[] };

/** @param ceiling upper bounds of the limits of a tenant */
export function parseTenants(text: string, ceiling: LimitBounds): ParsedTenants {
  let data: unknown;
  try {
    data = readYaml(text);
  } catch (error) {
    return { kind: 'refused', problems: [(error as SyntaxError).message] };
  }
  if (!isObject(data)) return { kind: 'refused', problems: ['must be an object with "tenants"'] };
  const problems = unknownFields(
    '',
    Object.keys(data).filter((key) => key !== 'tenants'),
  );
  const listed = isObject(data['tenants']) ? Object.entries(data['tenants']) : [];
  if (listed.length === 0) problems.push('tenants: must be an object with at least one tenant');
  const tenants = new Map<string, Tenant>();
  const owners = new Map<string, string>();
  for (const [index, [name, body]] of listed.entries()) {
    if (!NAME.test(name)) {
      problems.push(
        `tenants: name ${index + 1} must have 1 to 64 characters of A-Z a-z 0-9 . _ - and start with a letter or a digit`,
      );
      continue;
    }
    const path = `tenants.${name}`;
    const parsed = tenantSchema.safeParse(body);
    if (!parsed.success) {
      problems.push(...parsed.error.issues.flatMap((issue) => problemsOf(path, issue)));
      continue;
    }
    const { secrets: hashes, ...policy } = parsed.data;
    problems.push(...shared(path, hashes, owners));
    for (const { field, problem } of excessesOf(policy.limits ?? {}, ceiling))
      problems.push(`${path}.limits.${field}: ${problem}`);
    tenants.set(name, { name, hashes, policy });
  }
  return problems.length > 0 ? { kind: 'refused', problems } : { kind: 'parsed', tenants };
}

/** @param owners where each secret was first seen; the secrets of this tenant are added */
function shared(path: string, hashes: readonly string[], owners: Map<string, string>): readonly string[] {
  return hashes.flatMap((hash, i) => {
    const owner = owners.get(hash);
    if (owner === undefined) owners.set(hash, path);
    return owner === undefined ? [] : [`${path}.secrets[${i}]: is already a secret of ${owner}`];
  });
}

function problemsOf(path: string, issue: z.core.$ZodIssue): readonly string[] {
  const field = issue.path.reduce<string>(
    (outer, key) => (typeof key === 'number' ? `${outer}[${key}]` : `${outer}.${String(key)}`),
    path,
  );
  if (issue.code === 'unrecognized_keys') return unknownFields(`${field}.`, issue.keys);
  return [`${field}: ${issue.message}`];
}

function unknownFields(within: string, keys: readonly string[]): string[] {
  return keys.map((key) => `${within}${FIELD.test(key) ? key : '(another field)'}: is unknown`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
