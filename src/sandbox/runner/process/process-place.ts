import fs, { readFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { fileURLToPath } from 'node:url';
import { formatWithOptions, inspect } from 'node:util';
import { Script } from 'node:vm';
import type { InstalledPackage } from '../../boundary/messages.js';
import type { Answers, Place } from '../script/place.js';
import { egressOff } from '../../boundary/coded-errors.js';
import type { OwnRealm, ProcessRealm, Require, ScriptCallbacks } from '../../boundary/process-host.js';
import type { Language } from '../../boundary/messages.js';
import { closeNetwork } from './closed-network.js';
import { beforeRequests } from './before-requests.js';
import { builtin } from './builtin.js';
import { onlyHttp } from './egress-errors.js';
import { NodeModules, nodeRequire } from './node-modules.js';
import type * as Open from './open-network.js';
import { reduceProcess } from './process-object.js';
import { ProcessForms, type ProcessForm } from './process-forms.js';
import { warmUp } from './warm-up.js';

type Boot = (host: ScriptCallbacks, inspector: object, require: Require) => OwnRealm;

const BOOT = new URL('../../realm/boot-process.js', import.meta.url);

/**
 * The process itself as the place of its only script, whose realm is the one that Node and packages live in: what
 * they make is `instanceof` what the script has. This program lives there, too, and takes what it needs before.
 */
export class ProcessPlace implements Place<ProcessForm> {
  readonly sharesRealm = true;
  readonly shifts = [];
  /** Not known. */
  readonly works = false;
  /** It is for one execution only. */
  readonly isQuiet = false;
  readonly realm: OwnRealm & ProcessRealm;
  readonly #modules: NodeModules;
  readonly #forms: ProcessForms;
  #answers: Answers | undefined;
  #restricted = false;
  #entered: (() => void) | undefined;
  #takeEgress: ((text: string) => void) | undefined;

  /** @param addons whether packages may load native ones */
  constructor(packages: readonly InstalledPackage[], addons: boolean) {
    this.#modules = new NodeModules(packages, this.#restrictNode);
    this.#forms = new ProcessForms(this.#modules);
    beforeRequests(this.#restrictNode);
    reduceProcess({
      refuseAddon: addons ? undefined : this.#modules.refuseAddon,
      builtin: this.#modules.builtin,
      require: this.#modules.require,
      write: (line) => this.#answers?.console('log', line),
    });
    const boot = new Script(readFileSync(BOOT, 'utf8'), { filename: 'javascriptd:boot' });
    const makeRealm = boot.runInThisContext() as Boot;
    const realm = makeRealm(this.#callbacks(), { inspect, formatWithOptions }, this.#modules.require);
    this.realm = { ...realm, egress: (text) => this.#egress(text) };
  }

  /** Nothing of it stays but what Node has loaded and V8 has compiled. */
  warm(): void {
    this.#restrictNode();
    warmUp(this, this.realm);
  }

  open(answers: Answers, modules: readonly string[], _globals?: string, call?: string): void {
    this.#answers = answers;
    if (call !== undefined) this.realm.remember(call);
    this.#modules.allow(modules);
    if (answers.egress !== undefined) this.#openNetwork(answers.egress);
  }

  form(code: string, language: Language | undefined): ProcessForm {
    return this.#forms.of(code, language);
  }

  evaluate(text: string, filename: string, columnOffset = 0): () => unknown {
    const script = this.#forms.classic(text, filename, columnOffset);
    return () => script.runInThisContext({ displayErrors: false });
  }

  run(form: ProcessForm): unknown {
    return form.kind === 'classic' ? form.script.runInThisContext({ displayErrors: false }) : undefined;
  }

  enter(form: ProcessForm, entered: () => void): void {
    if (form.kind !== 'module') return;
    this.#entered = entered;
    const { module } = form;
    this.realm.enter({
      get namespace() {
        return module.namespace;
      },
      ended: this.#forms.evaluated(module),
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
    this.#answers = undefined;
  }

  /** Restricts Node's modules before a script gets one. Loading them takes longer than everything else at the start. */
  readonly #restrictNode = (): void => {
    if (this.#restricted) return;
    this.#restricted = true;
    closeNetwork((target) => (this.#answers?.egress === undefined ? egressOff(target) : onlyHttp(target)));
    installNoopValues();
  };

  /** A file of its own, read for scripts only that have a way out, before they run. */
  #openNetwork(say: (text: string) => void): void {
    this.#restrictNode();
    const path = fileURLToPath(new URL('./open-network.cjs', import.meta.url));
    const { openNetwork } = nodeRequire(path) as typeof Open;
    Reflect.deleteProperty(nodeRequire.cache, path);
    openNetwork({
      send: (text) => {
        if (this.#answers !== undefined) say(text);
        return true;
      },
      onText: (take) => {
        this.#takeEgress = take;
      },
    });
  }

  /** What a script has made of the builtins may make this fail. */
  #egress(text: string): void {
    try {
      this.#takeEgress?.(text);
    } catch (error) {
      this.realm.threw(error);
    }
  }

  #callbacks(): ScriptCallbacks {
    return {
      returned: (json) => this.#answers?.returned(json),
      threw: (name, message, stack) =>
        this.#answers?.threw(name, message, stack && this.#modules.named(stack)),
      console: (level, line) => this.#answers?.console(level, line),
      yielded: (json) => this.#answers?.yielded(json),
      called: (ticket, name, json) => this.#answers?.called(ticket, name, json),
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
