import type { X509Certificate } from 'node:crypto';

const FIELDS = [
  'subject',
  'subjectAltName',
  'issuer',
  'infoAccess',
  'validFrom',
  'validTo',
  'fingerprint',
  'fingerprint256',
  'fingerprint512',
  'keyUsage',
  'serialNumber',
  'raw',
  'ca',
] as const;

/** What a script can read of a certificate. */
export function certificateFacts(certificate: X509Certificate): Readonly<Record<string, unknown>> {
  const facts: Record<string, unknown> = {};
  for (const field of FIELDS) facts[field] = certificate[field];
  return { ...facts, pem: certificate.toString() };
}
