import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PackageFiles } from './file-system.js';
import { ModuleError } from './module-error.js';

/** The fields of a package.json that resolving needs; a field of a wrong type counts as absent. */
export interface PackageJson {
  readonly name: string | undefined;
  readonly version: string;
  readonly main: string | undefined;
  readonly type: string | undefined;
  readonly exports: unknown;
  readonly imports: Readonly<Record<string, unknown>> | undefined;
  /** Names of everything that the package says it needs. */
  readonly dependencies: ReadonlySet<string>;
}

const UNVERSIONED = '0.0.0';
const DEPENDENCY_FIELDS = ['dependencies', 'optionalDependencies', 'peerDependencies'] as const;

const texts = (value: unknown) => (typeof value === 'string' ? value : undefined);

/** A version becomes a part of a path: anything but its usual signs is not taken. */
const version = (value: unknown) =>
  typeof value === 'string' && /^[\w.+-]+$/.test(value) ? value : UNVERSIONED;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const record = (value: unknown) => (isRecord(value) ? value : undefined);

function parse(text: string, dir: string): PackageJson {
  let fields: Readonly<Record<string, unknown>> | undefined;
  try {
    fields = record(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch (error) {
    // A stack overflow is the script's doing, not the file's.
    if (!(error instanceof SyntaxError)) throw error;
  }
  if (fields === undefined) {
    throw new ModuleError(
      'ERR_INVALID_PACKAGE_CONFIG',
      (name) => `Invalid package config ${name(join(dir, 'package.json'))}`,
    );
  }
  return {
    name: texts(fields['name']),
    version: version(fields['version']),
    main: texts(fields['main']),
    type: texts(fields['type']),
    exports: fields['exports'],
    imports: record(fields['imports']),
    dependencies: new Set(DEPENDENCY_FIELDS.flatMap((field) => Object.keys(record(fields[field]) ?? {}))),
  };
}

/** Reads and remembers the package.json of folders. */
export class PackageJsons {
  readonly #byDir = new Map<string, PackageJson | undefined>();

  /** @param mayRead whether a real path lies where packages are */
  constructor(
    private readonly files: PackageFiles,
    private readonly mayRead: (path: string) => boolean,
  ) {}

  /**
   * @returns undefined when the folder has none
   * @throws ModuleError when it is not a JSON object
   */
  of(dir: string): PackageJson | undefined {
    if (this.#byDir.has(dir)) return this.#byDir.get(dir);
    const file = this.files.at(join(dir, 'package.json'));
    const found =
      file?.kind !== 'file' || !this.mayRead(file.path)
        ? undefined
        : parse(readFileSync(file.path, 'utf8'), dir);
    this.#byDir.set(dir, found);
    return found;
  }

  /** The version as a part of a name: always something. */
  versionOf(dir: string): string {
    try {
      return this.of(dir)?.version ?? UNVERSIONED;
    } catch (error) {
      if (error instanceof ModuleError) return UNVERSIONED;
      throw error;
    }
  }
}
