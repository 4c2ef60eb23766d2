import { inspectionStyle } from './inspection-style.js';
import { builtinModules } from 'node:module';
import { endianness } from 'node:os';
import { domainToASCII, domainToUnicode } from 'node:url';
import type { Context, Script } from 'node:vm';
import type { InstalledPackage } from '../../boundary/messages.js';
import { Allowlist } from '../../boundary/allowlist.js';
import { MODULE_CODES } from '../../boundary/coded-errors.js';
import { type HostFacts, MARK, REALM_REQUIRE, type Topic } from '../../boundary/loader-protocol.js';
import type { Ask, Load } from '../../boundary/realm-host.js';
import { type CodeCache, NO_CODE } from './code-cache.js';
import { PackageFiles } from './file-system.js';
import { ModuleError } from './module-error.js';
import { checkPackageRequire } from './package-requires.js';
import type { ImportKind } from './package-exports.js';
import { PackageJsons } from './package-json.js';
import { PackageSources } from './package-sources.js';
import { PackageTree } from './package-tree.js';
import { RealmScripts } from './realm-scripts.js';
import { Resolver, type Resolution } from './resolver.js';
import { resolveForScript } from './script-requires.js';
import { changedUrl, serializedUrl } from './url-parts.js';

/** Resolutions remembered for packages. A script that holds a package's `require` can ask for any text. */
const MAX_RESOLUTIONS = 50_000;
const NOTHING = new Allowlist([]);

/** What one context gets. `ask` and `load` go to the in-realm bootstrap; `allow` stays with the host. */
export interface ModuleBinding {
  readonly ask: Ask;
  readonly load: Load;
  /** Sets what the script may require; until then, nothing. */
  readonly allow: (modules: readonly string[]) => void;
}

/** What one context has come to: what its script may require, and the files that resolving has given it. */
interface Permissions {
  allowlist: Allowlist;
  /** Their paths by key. */
  readonly keys: Map<string, string>;
}

/** The packages of this runner: resolving, texts and compiled code, kept over all its contexts. */
export class ModuleHost {
  readonly #manifests: PackageJsons;
  readonly #tree: PackageTree;
  readonly #resolver: Resolver;
  readonly #sources: PackageSources;
  readonly #realm: RealmScripts;
  readonly #resolutions = new Map<string, Resolution>();
  #lastAllowed: { readonly list: string; readonly allowlist: Allowlist } | undefined;

  constructor(
    packages: readonly InstalledPackage[],
    private readonly code: CodeCache = NO_CODE,
  ) {
    this.#realm = new RealmScripts(code);
    const mayRead = (path: string): boolean => this.#tree.contains(path);
    const files = new PackageFiles(mayRead);
    this.#manifests = new PackageJsons(files, mayRead);
    this.#tree = new PackageTree(packages, (dir) => this.#manifests.versionOf(dir));
    this.#resolver = new Resolver(this.#tree, this.#manifests, files);
    this.#sources = new PackageSources(this.#resolver, code);
  }

  bind(context: Context): ModuleBinding {
    const permissions: Permissions = { allowlist: NOTHING, keys: new Map() };
    return {
      allow: (modules) => {
        permissions.allowlist = this.#allowlistOf(modules);
      },
      ask: (topic, a, b, c) => {
        try {
          return this.#answer(permissions, topic, a, b, c);
        } catch (error) {
          return this.#excuse(error);
        }
      },
      load: (key) => {
        try {
          // Displaying an error would read its `stack`, which may run a hook of the script's with host objects.
          return this.#script(permissions, key)?.runInContext(context, { displayErrors: false }) ?? '';
        } catch (error) {
          return this.#excuse(error);
        }
      },
    };
  }

  /** Most executions of a runner have the same list. */
  #allowlistOf(modules: readonly string[]): Allowlist {
    const list = modules.join();
    if (this.#lastAllowed?.list !== list) this.#lastAllowed = { list, allowlist: new Allowlist(modules) };
    return this.#lastAllowed.allowlist;
  }

  #answer(permissions: Permissions, topic: Topic, a: string, b: string, c: string): string {
    switch (topic) {
      case 'resolve':
        return this.#resolve(permissions, a, b, c === 'import' ? 'import' : 'require');
      case 'text':
        return MARK.found + this.#sources.text(this.#pathOf(permissions, a));
      case 'shape':
        return this.#realm.shape(a) ?? '';
      case 'builtins':
        return JSON.stringify(builtinModules);
      case 'inspection':
        return inspectionStyle();
      case 'facts':
        return JSON.stringify(hostFacts());
      case 'url':
        return serializedUrl(a, b);
      case 'changeUrl':
        return changedUrl(a, b, c);
      case 'domainToASCII':
        return domainToASCII(a);
      case 'domainToUnicode':
        return domainToUnicode(a);
      default:
        return '';
    }
  }

  #resolve(permissions: Permissions, from: string, id: string, importKind: ImportKind): string {
    const { allowlist } = permissions;
    if (from === '') {
      const asked = resolveForScript(id, allowlist, this.#tree, this.#resolver, importKind);
      const owner = asked.kind === 'file' ? this.#tree.ownerOf(asked.path) : undefined;
      if (owner !== undefined) this.code.use(owner.name);
      return this.#found(permissions, asked);
    }
    const file = this.#pathOf(permissions, from);
    const resolution = this.#remembered(file, id, importKind);
    checkPackageRequire(file, id, resolution, { allowlist, tree: this.#tree, manifests: this.#manifests });
    return this.#found(permissions, resolution);
  }

  #remembered(file: string, id: string, importKind: ImportKind): Resolution {
    const question = `${importKind}\0${file}\0${id}`;
    const known = this.#resolutions.get(question);
    if (known !== undefined) return known;
    const found = this.#resolver.fromFile(file, id, importKind);
    if (this.#resolutions.size >= MAX_RESOLUTIONS) this.#resolutions.clear();
    this.#resolutions.set(question, found);
    return found;
  }

  #found({ keys }: Permissions, resolution: Resolution): string {
    if (resolution.kind === 'builtin') return MARK.builtin + resolution.name;
    const key = this.#nameOf(resolution.path);
    keys.set(key, resolution.path);
    return MARK.found + key;
  }

  #script(permissions: Permissions, key: string): Script | undefined {
    if (key === REALM_REQUIRE) return this.#realm.entry('require');
    if (key.startsWith('node:')) return this.#realm.builtin(key.slice('node:'.length));
    return this.#sources.script(this.#pathOf(permissions, key), key);
  }

  /**
   * The loader lives beside a script that may have changed the builtins it works with, so a key can be any
   * text: only one that was an answer before, and so was allowed, is good.
   */
  #pathOf({ keys }: Permissions, key: string): string {
    const path = keys.get(key);
    if (path === undefined) throw new ModuleError(MODULE_CODES.broken, () => `there is no module ${key}`);
    return path;
  }

  #nameOf(path: string): string {
    return this.#tree.keyOf(path) ?? '(a file outside the packages)';
  }

  /** The answer for something that was thrown on the host's side, of which only own texts may be seen. */
  #excuse(error: unknown): string {
    if (error instanceof ModuleError) {
      const message = error.describe((path) => this.#nameOf(path));
      if (error.code === MODULE_CODES.absent) return MARK.absent + message;
      if (error.code === MODULE_CODES.forbidden) return MARK.forbidden + message;
      return `${MARK.broken}${error.code}\n${message}`;
    }
    if (error instanceof RangeError) return `${MARK.broken}RangeError\nMaximum call stack size exceeded`;
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    return `${MARK.broken}${MODULE_CODES.broken}\nthe sandbox could not read the module${code}`;
  }
}

function hostFacts(): HostFacts {
  const { version, platform, arch } = process;
  const versions = Object.fromEntries(
    Object.entries(process.versions).map(([of, known = '']) => [of, known]),
  );
  return { version, versions, platform, arch, endianness: endianness() };
}
