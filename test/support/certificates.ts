import { generateKeyPairSync } from 'node:crypto';
import forge from 'node-forge';

/** An authority of a test's own, and a certificate that it has issued; all PEM. */
export interface Certificates {
  readonly authority: string;
  readonly key: string;
  readonly certificate: string;
}

interface Named {
  readonly serialNumber: string;
  readonly subject: string;
  readonly extensions: readonly object[];
}

/** Makes an authority, and by it a certificate for hosts and addresses. */
export function certificatesFor(hosts: readonly string[], addresses: readonly string[] = []): Certificates {
  const [authorityKey, key] = [keyPair(), keyPair()];
  const authority = certificateOf(
    {
      serialNumber: '01',
      subject: 'authority of a test',
      extensions: [
        { name: 'basicConstraints', cA: true },
        { name: 'keyUsage', keyCertSign: true },
      ],
    },
    authorityKey,
    authorityKey,
  );
  const altNames = [
    ...hosts.map((value) => ({ type: 2, value })),
    ...addresses.map((ip) => ({ type: 7, ip })),
  ];
  const certificate = certificateOf(
    { serialNumber: '02', subject: hosts[0] ?? '', extensions: [{ name: 'subjectAltName', altNames }] },
    key,
    authorityKey,
  );
  return { authority, key: key.privateKey, certificate };
}

function keyPair() {
  return generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
}

type KeyPair = ReturnType<typeof keyPair>;

function certificateOf({ serialNumber, subject, extensions }: Named, own: KeyPair, issuer: KeyPair): string {
  const made = forge.pki.createCertificate();
  made.publicKey = forge.pki.publicKeyFromPem(own.publicKey);
  made.serialNumber = serialNumber;
  const day = 86_400_000;
  made.validity.notBefore = new Date(Date.now() - day);
  made.validity.notAfter = new Date(Date.now() + day);
  made.setSubject([{ name: 'commonName', value: subject }]);
  made.setIssuer([{ name: 'commonName', value: 'authority of a test' }]);
  made.setExtensions([...extensions]);
  made.sign(forge.pki.privateKeyFromPem(issuer.privateKey), forge.md.sha256.create());
  return forge.pki.certificateToPem(made);
}
