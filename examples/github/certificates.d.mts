/** An authority of its own, and a certificate that it has issued; all PEM. */
export interface Certificates {
  readonly authority: string;
  readonly key: string;
  readonly certificate: string;
}

/** Makes an authority, and by it a certificate for hosts and addresses. */
export function certificatesFor(hosts: readonly string[], addresses?: readonly string[]): Certificates;
