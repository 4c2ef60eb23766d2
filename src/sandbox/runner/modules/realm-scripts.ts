import { readFileSync } from 'node:fs';
import type { Script } from 'node:vm';
import { compile } from '../script/compile.js';
import { BUNDLED_BUILTINS } from '../../boundary/builtins.js';

const REALM = new URL('../../realm/', import.meta.url);

/** Our own scripts that run inside contexts, as `build/bundle-realm.mjs` wrote them; compiled once. */
export class RealmScripts {
  readonly #scripts = new Map<string, Script>();
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
    const script = compile(readFileSync(new URL(file, REALM), 'utf8'), stackName);
    this.#scripts.set(file, script);
    return script;
  }
}

/** By module, each as JSON again: a context gets the text of the one it asks for. */
function readShapes(): ReadonlyMap<string, string> {
  const all: unknown = JSON.parse(readFileSync(new URL('shapes.json', REALM), 'utf8'));
  return new Map(Object.entries(Object(all)).map(([name, shape]) => [name, JSON.stringify(shape)]));
}
