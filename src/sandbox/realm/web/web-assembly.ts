import { defineProperty, deleteProperty, get, globalObject } from '../kit/primordials.js';

/** What is used of V8's own `WebAssembly`. */
interface Compiler {
  readonly Module: new (bytes: unknown) => object;
  readonly Instance: new (module: object, imports: unknown) => object;
}

/**
 * V8 compiles in threads of its own and goes on with the script when they are done, which may be in the next
 * execution's time. So it compiles at once here, and only the promise is as it was.
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

  for (const callee of [compile, instantiate])
    defineProperty(compiler, callee.name, { value: callee, writable: true, configurable: true });
  deleteProperty(compiler, 'compileStreaming');
  deleteProperty(compiler, 'instantiateStreaming');
}
