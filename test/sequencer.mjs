import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Sequencer from '@jest/test-sequencer';

/**
 * The slowest specs, in the order in which they are to begin: a slow one that begins last would run alone while the other
 * cores idle. Jest knows how long a spec takes only where it has run before, and not on a fresh clone.
 */
const SLOWEST = [
  'e2e/egress.spec.ts',
  'integration/serve.spec.ts',
  'compat/process.spec.ts',
  'integration/observability/traces.spec.ts',
  'e2e/original-behaviour.spec.ts',
  'e2e/modules.spec.ts',
  'integration/large-values.spec.ts',
  'integration/sandbox/limits.spec.ts',
  'integration/http/heads.spec.ts',
  'integration/sandbox/code-cache.spec.ts',
  'e2e/first-scripts.spec.ts',
  'integration/observability/log.spec.ts',
  'integration/client/client.spec.ts',
  'e2e/packages.spec.ts',
  'integration/sandbox/guarantees.spec.ts',
  'integration/client/no-crash.spec.ts',
  'documentation-client.spec.ts',
  'e2e/rolling-restart.spec.ts',
  'e2e/exec.spec.ts',
  'integration/observability/metrics.spec.ts',
  'integration/sandbox/stall.spec.ts',
  'integration/modules-containment.spec.ts',
  'integration/http/service.spec.ts',
  'integration/http/unread.spec.ts',
  'integration/tenants/changes.spec.ts',
  'integration/sandbox/isolation.spec.ts',
  'integration/http/host.spec.ts',
  'integration/observability/canaries.spec.ts',
  'integration/http/scheduling.spec.ts',
  'integration/observability/health.spec.ts',
  'integration/protocol/memory.spec.ts',
  'integration/sandbox/at-most-once.spec.ts',
  'integration/http/open-api.spec.ts',
  'integration/sandbox/process-level.spec.ts',
  'integration/sandbox/slots.spec.ts',
  'integration/builtin-classes.spec.ts',
  'integration/sandbox/recovery.spec.ts',
  'integration/tenants/tenants.spec.ts',
  'integration/runtime/cancel.spec.ts',
  'e2e/live.spec.ts',
  'compat/context.spec.ts',
  'integration/builtins.spec.ts',
  'e2e/memory.spec.ts',
  'e2e/fetch.spec.ts',
  'integration/sandbox/abort-signals.spec.ts',
  'integration/client/slow-loops.spec.ts',
  'unit/egress/egress.service.spec.ts',
  'unit/runtime/validation-cost.spec.ts',
  'integration/client/prepared.spec.ts',
  'documentation.spec.ts',
  'unit/json-text/json-scanner.spec.ts',
  'unit/json-text/text-pieces.spec.ts',
  'integration/embedding/declarations.spec.ts',
  'integration/runtime/memory.spec.ts',
  'integration/sandbox/sandbox.module.spec.ts',
  'integration/builtins-table.spec.ts',
  'e2e/recovery.spec.ts',
  'integration/client/wire.spec.ts',
  'e2e/own-files.spec.ts',
  'integration/sandbox/doors.spec.ts',
  'unit/tenants/tenant-directory.spec.ts',
  'integration/protocol/unfinished.spec.ts',
  'integration/protocol/flow.spec.ts',
  'e2e/prepared.spec.ts',
];
const FOLDER = new URL('./', import.meta.url);

/** Begins the slowest specs first, with a cache and without. */
export default class SlowestFirst extends Sequencer {
  constructor(options) {
    super(options);
    const gone = SLOWEST.find((path) => !existsSync(new URL(path, FOLDER)));
    if (gone !== undefined) throw new Error(`test/sequencer.mjs: there is no ${gone}`);
  }

  /** @override */
  sort(tests) {
    const places = new Map(SLOWEST.map((path, place) => [fileURLToPath(new URL(path, FOLDER)), place]));
    const placeOf = ({ path }) => places.get(path) ?? SLOWEST.length;
    // oxlint-disable-next-line unicorn/no-array-sort -- it is the method of the class
    return super.sort(tests).toSorted((a, b) => placeOf(a) - placeOf(b));
  }
}
