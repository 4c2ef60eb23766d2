import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse, parseAllDocuments } from 'yaml';

const FOLDER = fileURLToPath(new URL('../../deploy/kubernetes/', import.meta.url));

/** An object of Kubernetes, as loose as what `JSON.parse` gives. */
export type Manifest = ReturnType<typeof JSON.parse>;

/** The objects of deploy/kubernetes, in the order of its kustomization, which changes nothing of them. */
export function manifests(): readonly Manifest[] {
  const { resources }: { readonly resources: readonly string[] } = parse(
    readFileSync(`${FOLDER}kustomization.yaml`, 'utf8'),
  );
  return resources.flatMap((file) => documents(readFileSync(`${FOLDER}${file}`, 'utf8')));
}

/** @throws Error for what is no proper YAML */
export function documents(text: string): readonly Manifest[] {
  return parseAllDocuments(text).map((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw error;
    return document.toJS();
  });
}
