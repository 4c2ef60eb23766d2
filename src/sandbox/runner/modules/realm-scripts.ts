import { readFileSync } from 'node:fs';
import type { Script } from 'node:vm';
import { compile } from '../script/compile.js';
import { BUNDLED_BUILTINS } from '../../boundary/builtins.js';
import { BUILTINS_PACK } from '../../boundary/code-packs.js';
import type { CodeCache } from './code-cache.js';

/** What the keys of our own files begin with in a code pack; those of packages are paths. */
export const REALM_KEY = 'realm:';

const REALM = new URL('../../realm/', import.meta.url);

/** Our own scripts that run inside contexts, as `build/bundle-realm.mjs` wrote them; compiled once. */
export class RealmScripts {
  readonly #scripts = new Map<string, Script>();
  constructor(private readonly code: CodeCache) {}

  #shapes: ReadonlyMap<string, string> | undefined;

  /** Completes to the default export of `realm/<name>.ts`. */
  entry(name: 'require'): Script {
    return this.#script(`${name}.js`, `javascriptd:${name}`);
  }

  /** Completes to a function that makes the builtin; undefined when there is no bundle of that name. */
  builtin(name: string): Script | undefined {
    return BUNDLED_BUILTINS.has(name) ? this.#script(`node/${name}.js`, `node:${name}`) : undefined;
  }

  /** JSON of the shape of a builtin that is not offered; undefined when the Node that built us had none such. */
  shape(name: string): string | undefined {
    this.#shapes ??= readShapes();
    return this.#shapes.get(name);
  }

  #script(file: string, stackName: string): Script {
    const known = this.#scripts.get(file);
    if (known !== undefined) return known;
    const script = this.#load(file, stackName);
    this.#scripts.set(file, script);
    return script;
  }

  #load(file: string, stackName: string): Script {
    const source = readFileSync(new URL(file, REALM));
    this.code.use(BUILTINS_PACK);
    const key = REALM_KEY + file;
    const known = this.code.find(key, source, stackName);
    if (known !== undefined) return known;
    const text = source.toString('utf8');
    const script = compile(text, stackName);
    this.code.compiled(key, source, { text, prefix: 0 }, script);
    return script;
  }
}

/** By module, each as JSON: a context gets the text of the one it asks for. */
function readShapes(): ReadonlyMap<string, string> {
  const all: unknown = JSON.parse(readFileSync(new URL('shapes.json', REALM), 'utf8'));
  return new Map(Object.entries(Object(all)));
}
