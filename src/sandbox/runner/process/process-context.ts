import fs, { readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { fileURLToPath } from 'node:url';
import { formatWithOptions, inspect } from 'node:util';
import { Script } from 'node:vm';
import type { AllowlistSource } from '../../boundary/allowlist.js';
import type { InstalledPackage } from '../../boundary/messages.js';
import type { ResultSink, ScriptContext } from '../script/script-context.js';
import { OUR_FOLDER } from '../script/thrown.js';
import { egressOff } from '../../boundary/coded-errors.js';
import type { OwnRealm, ProcessRealm, Require, RealmCallbacks } from '../../boundary/process-host.js';
import type { Language } from '../../boundary/messages.js';
import { closeNetwork } from './closed-network.js';
import { beforeRequests } from './before-requests.js';
import { builtin } from './builtin.js';
import { onlyHttp } from './egress-errors.js';
import { NodeModules, nodeRequire } from './node-modules.js';
import type * as Open from './open-network.js';
import { reduceProcess } from './process-object.js';
import { ProcessCompiler, type ProcessScript } from './process-compiler.js';
import { warmUp } from './warm-up.js';

type Boot = (host: RealmCallbacks, inspector: object, require: Require, folder: string) => OwnRealm;

const BOOT = new URL('../../realm/boot-process.js', import.meta.url);

/**
 * The process itself as the context of its only script. The script shares the realm of Node and packages: objects that they
 * create are `instanceof` the script's classes. This program shares it too, and takes what it needs before the script.
 */
export class ProcessContext implements ScriptContext<ProcessScript> {
  readonly sharesRealm = true;
  readonly shifts = [];
  /** Not known. */
  readonly works = false;
  /** It is for one execution only. */
  readonly isQuiet = false;
  readonly realm: OwnRealm & ProcessRealm;
  readonly #modules: NodeModules;
  readonly #compiler: ProcessCompiler;
  #sink: ResultSink | undefined;
  #restricted = false;
  #entered: (() => void) | undefined;
  #takeEgress: ((text: string) => void) | undefined;

  /** @param addons whether packages may load native ones */
  constructor(packages: readonly InstalledPackage[], addons: boolean) {
    this.#modules = new NodeModules(packages, this.#restrictNode, (begins) => this.#sink?.loading(begins));
    this.#compiler = new ProcessCompiler(this.#modules);
    beforeRequests(this.#restrictNode);
    reduceProcess({
      refuseAddon: addons ? undefined : this.#modules.refuseAddon,
      builtin: this.#modules.builtin,
      require: this.#modules.require,
      write: (line) => this.#sink?.console('log', line),
    });
    const boot = new Script(readFileSync(BOOT, 'utf8'), { filename: 'javascriptd:boot' });
    const makeRealm = boot.runInThisContext() as Boot;
    const realm = makeRealm(
      this.#callbacks(),
      { inspect, formatWithOptions },
      this.#modules.require,
      OUR_FOLDER,
    );
    this.realm = { ...realm, egress: (text) => this.#egress(text) };
  }

  /** Keeps only what Node has loaded and V8 has compiled. */
  warm(): void {
    this.#restrictNode();
    warmUp(this, this.realm);
  }

  open(
    sink: ResultSink,
    modules: readonly string[],
    _globals?: string,
    call?: string,
    modulesFrom?: AllowlistSource,
  ): void {
    this.#sink = sink;
    if (call !== undefined) this.realm.remember(call);
    this.#modules.allow(modules, modulesFrom);
    if (sink.hasEgress) this.#openNetwork(sink);
  }

  compile(code: string, language: Language | undefined): ProcessScript {
    return this.#compiler.compile(code, language);
  }

  evaluate(text: string, filename: string, columnOffset = 0): () => unknown {
    const script = this.#compiler.classic(text, filename, columnOffset);
    return () => script.runInThisContext({ displayErrors: false });
  }

  run(compiled: ProcessScript): unknown {
    if (compiled.kind !== 'classic') return undefined;
    return compiled.script.runInThisContext({ displayErrors: false });
  }

  enter(compiled: ProcessScript, entered: () => void): void {
    if (compiled.kind !== 'module') return;
    this.#entered = entered;
    const { module } = compiled;
    this.realm.enter({
      get namespace() {
        return module.namespace;
      },
      ended: this.#compiler.evaluated(module),
    });
  }

  pause(): void {
    this.close();
  }

  again(): never {
    throw new Error('a process runs one script, once');
  }

  /** The process is thrown away: it is never quiet enough for another script. */
  close(): void {
    this.#sink = undefined;
  }

  /** Restricts Node's modules before a script gets one. Loading them takes longer than everything else at the start. */
  readonly #restrictNode = (): void => {
    if (this.#restricted) return;
    this.#restricted = true;
    closeNetwork((target) => (this.#sink?.hasEgress === true ? onlyHttp(target) : egressOff(target)));
    installNoopValues();
  };

  /** Loads a file of its own, only for scripts with egress, before they run. */
  #openNetwork(sink: ResultSink): void {
    this.#restrictNode();
    const path = fileURLToPath(new URL('./open-network.cjs', import.meta.url));
    const { openNetwork } = nodeRequire(path) as typeof Open;
    Reflect.deleteProperty(nodeRequire.cache, path);
    openNetwork({
      send: (text) => {
        if (this.#sink !== undefined && text !== '') sink.egress(text);
        return true;
      },
      onText: (take) => {
        this.#takeEgress = take;
      },
    });
  }

  /** A script may have changed builtins so that this fails. */
  #egress(text: string): void {
    try {
      this.#takeEgress?.(text);
    } catch (error) {
      this.realm.threw(error);
    }
  }

  #callbacks(): RealmCallbacks {
    return {
      returned: (json) => this.#sink?.returned(json),
      unanswered: (by) => this.#sink?.unanswered(by),
      threw: (name, message, stack) => this.#sink?.threw(name, message, stack && this.#modules.named(stack)),
      console: (level, line) => this.#sink?.console(level, line),
      yielded: (json) => this.#sink?.yielded(json),
      called: (ticket, name, json) => this.#sink?.called(ticket, name, json),
      entered: () => this.#entered?.(),
      now: () => performance.now(),
      ownFrames: (stack) => this.#modules.ownFrames(stack),
    };
  }
}

/** Packages call these while they load. Node answers anywhere else; under its permission model they would throw. */
function installNoopValues(): void {
  const { existsSync } = fs;
  // Node 20 throws for a path that may not be read; the path counts as absent.
  fs.existsSync = (path) => {
    try {
      return existsSync(path);
    } catch {
      return false;
    }
  };
  // The user of a runner process has no home directory.
  builtin('node:os').homedir = () => '/';
  syncBuiltinESMExports();
}
