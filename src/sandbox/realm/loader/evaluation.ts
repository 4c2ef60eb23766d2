/**
 * Evaluation of modules as in the standard: modules that await do so beside each other, and those that import them wait
 * (https://tc39.es/ecma262/#sec-moduleevaluation).
 */
import { EsModule } from './es-module.js';
import { type LinkedModule, SyntheticModule } from './linked-module.js';
import { Ending } from './progress.js';

/** Number of modules so far that awaited or waited. */
let asyncModules = 0;

/**
 * Evaluates a module after its sources.
 * @returns its end, if it or one of them awaits
 * @throws what was thrown before that
 */
export function evaluate(asked: LinkedModule): Promise<void> | undefined {
  if (!(asked instanceof EsModule)) {
    evaluateSynthetic(asked);
    return undefined;
  }
  const { progress } = asked.progress.cycleRoot ?? asked;
  if (progress.state === 'linked') visitAll(asked);
  if (progress.failure !== undefined) throw progress.failure.error;
  return progress.state === 'evaluating-async' ? (progress.ended ??= new Ending()).promise : undefined;
}

function evaluateSynthetic(module: LinkedModule): void {
  if (module instanceof SyntheticModule) module.evaluate();
}

/** Visits a module and all that it leads to. What one throws, all fail with whose visit has not ended. */
function visitAll(module: EsModule): void {
  const stack: EsModule[] = [];
  try {
    visit(module, stack, 0);
  } catch (error) {
    for (const { progress } of stack) {
      progress.state = 'evaluated';
      progress.failure = { error };
    }
  }
}

/** @returns the index for the next module */
function visit(module: LinkedModule, stack: EsModule[], first: number): number {
  if (!(module instanceof EsModule)) {
    evaluateSynthetic(module);
    return first;
  }
  const { progress } = module;
  if (progress.failure !== undefined) throw progress.failure.error;
  if (progress.state !== 'linked') return first;
  progress.state = 'evaluating';
  progress.stack = stack;
  progress.index = progress.ancestorIndex = first;
  stack.push(module);
  let next = first + 1;
  for (const source of module.sources) {
    next = visit(source, stack, next);
    if (source instanceof EsModule) depend(module, source, stack);
  }
  if (progress.pending === 0 && !module.isAsync) void module.run();
  else {
    progress.asyncOrder = asyncModules++;
    if (progress.pending === 0) void runAsync(module);
  }
  if (progress.ancestorIndex === progress.index) closeCycle(module, stack);
  return next;
}

/** Notes what a visited source means for its importer. */
function depend(importer: EsModule, source: EsModule, stack: EsModule[]): void {
  const { progress } = importer;
  let root = source;
  if (source.progress.state !== 'evaluating') root = source.progress.cycleRoot ?? source;
  // Modules of another stack are those that `require` was called in: nobody waits for them.
  else if (source.progress.stack === stack)
    progress.ancestorIndex = Math.min(progress.ancestorIndex, source.progress.ancestorIndex);
  if (root.progress.failure !== undefined) throw root.progress.failure.error;
  if (root.progress.asyncOrder === undefined) return;
  progress.pending++;
  root.progress.waiting.push(importer);
}

/** Ends the visit of the modules of a cycle, whose first one this is. */
function closeCycle(first: EsModule, stack: EsModule[]): void {
  for (const module of stack.splice(stack.indexOf(first))) {
    const { progress } = module;
    // One that ended meanwhile cannot be here: nothing asynchronous happens during a visit.
    progress.state = progress.asyncOrder === undefined ? 'evaluated' : 'evaluating-async';
    progress.cycleRoot = first;
    progress.stack = undefined;
  }
}

async function runAsync(module: EsModule): Promise<void> {
  try {
    await module.run();
  } catch (error) {
    return fail(module, error);
  }
  succeed(module);
}

/** Ends a module that awaited or waited, and runs those that waited for it alone. */
function succeed(module: EsModule): void {
  if (module.progress.state === 'evaluated') return;
  end(module);
  const ready: EsModule[] = [];
  release(module, ready);
  ready.sort((a, b) => (a.progress.asyncOrder ?? 0) - (b.progress.asyncOrder ?? 0));
  for (const next of ready) {
    if (next.progress.state === 'evaluated') continue;
    if (next.isAsync) void runAsync(next);
    else runNow(next);
  }
}

function runNow(module: EsModule): void {
  try {
    void module.run();
  } catch (error) {
    return fail(module, error);
  }
  end(module);
}

function end({ progress }: EsModule): void {
  progress.state = 'evaluated';
  progress.asyncOrder = undefined;
  progress.ended?.resolve();
}

/** Collects the modules that wait for nothing any more. */
function release({ progress }: EsModule, ready: EsModule[]): void {
  for (const importer of progress.waiting) {
    const { cycleRoot, pending } = importer.progress;
    if (ready.includes(importer) || cycleRoot?.progress.failure !== undefined) continue;
    importer.progress.pending = pending - 1;
    if (pending > 1) continue;
    ready.push(importer);
    // It runs at once, so those that wait for it can run as well.
    if (!importer.isAsync) release(importer, ready);
  }
}

function fail({ progress }: EsModule, error: unknown): void {
  if (progress.state === 'evaluated') return;
  progress.state = 'evaluated';
  progress.asyncOrder = undefined;
  progress.failure = { error };
  for (const importer of progress.waiting) fail(importer, error);
  progress.ended?.reject(error);
}
