import { define } from '../kit/define.js';
import { deleteProperty, get, globalObject } from '../kit/primordials.js';

/** The part of V8's `WebAssembly` that is used here. */
interface Compiler {
  readonly Module: new (bytes: unknown) => object;
  readonly Instance: new (module: object, imports: unknown) => object;
}

/**
 * Makes WebAssembly compile in the script's own thread. V8 compiles in threads of its own and continues the script when they
 * are done, which may be during the next execution. Here only the promise is left of that.
 */
export function guardWebAssembly(): void {
  const compiler = get(globalObject, 'WebAssembly') as Compiler;
  const { Module, Instance } = compiler;

  async function compile(bytes: unknown): Promise<object> {
    return new Module(bytes);
  }

  async function instantiate(source: unknown, imports?: unknown): Promise<object> {
    if (source instanceof Module) return new Instance(source, imports);
    const module = new Module(source);
    return { module, instance: new Instance(module, imports) };
  }

  for (const callee of [compile, instantiate]) define(compiler, callee.name, callee);
  deleteProperty(compiler, 'compileStreaming');
  deleteProperty(compiler, 'instantiateStreaming');
}
