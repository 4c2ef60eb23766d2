import { RunnerStartError } from '../errors.js';
import type { Footing } from '../pool/hardening/footing.js';
import { LAYERS, type Layer } from '../pool/hardening/layer.js';
import type { ResourceLimits } from '../pool/hardening/resource-limits.js';
import { launchOf } from '../pool/launch.js';
import { GUARANTEES, type Guarantee } from './guarantee.js';
import { type Breach, Probe } from './probe.js';
import type { LayerReport, SandboxReport } from './report.js';

/** Given up first when layers do not go together: what needs most of the machine. */
const LEAST_PORTABLE: readonly Layer[] = [
  'namespaces',
  'landlock',
  'seccomp',
  'user',
  'limits',
  'privileges',
  'node',
];

export interface SurveyOptions {
  readonly footing: Footing;
  /** Folders that runners have to be able to read. */
  readonly folders: readonly string[];
  readonly limits: ResourceLimits;
}

interface Tried {
  readonly layer: Layer;
  /** Guarantees that it keeps alone. */
  readonly keeps: readonly Guarantee[];
  /** Why it cannot be had; undefined when it can. */
  readonly reason: string | undefined;
}

/**
 * Finds which layers this machine has, and what they keep: by starting processes as runners are started, which
 * try the forbidden things. Each layer is tried alone, then all together, without Node's permission model and with
 * it: that model is no boundary against machine code, so a guarantee that only Node keeps is not called enforced.
 */
export async function survey(options: SurveyOptions): Promise<SandboxReport> {
  const startedAt = performance.now();
  const tried = await Promise.all(LAYERS.map((layer) => tryAlone(options, layer)));
  const usable = tried.filter(({ reason }) => reason === undefined).map(({ layer }) => layer);
  const { applied, system, all, dropped } = await tryTogether(options, usable);
  const layers = tried.map(({ layer, reason }): LayerReport => {
    const why = reason ?? dropped.get(layer);
    return { layer, applied: applied.has(layer), ...(why !== undefined && { reason: why }) };
  });
  return {
    layers,
    guarantees: GUARANTEES.map((guarantee) => {
      const through = whats(system, guarantee);
      return {
        guarantee,
        enforced: through.length === 0,
        keptByNode: through.length > 0 && whats(all, guarantee).length === 0,
        layers: tried
          .filter(({ layer, keeps }) => applied.has(layer) && keeps.includes(guarantee))
          .map(({ layer }) => layer),
        breaches: through,
      };
    }),
    tookMs: Math.round(performance.now() - startedAt),
  };
}

async function tryAlone(options: SurveyOptions, layer: Layer): Promise<Tried> {
  const missing = missingFor(layer, options.footing);
  if (missing !== undefined) return { layer, keeps: [], reason: missing };
  try {
    const breaches = await probeOf(options, [layer]).breaches([process.pid], options.folders);
    return { layer, keeps: kept(breaches), reason: undefined };
  } catch (error) {
    if (!(error instanceof RunnerStartError)) throw error;
    return { layer, keeps: [], reason: error.message };
  }
}

/** What has to be there before trying means anything. */
function missingFor(layer: Layer, { tools, isRoot, node }: Footing): string | undefined {
  switch (layer) {
    case 'limits':
      return tools.prlimit === undefined ? 'there is no prlimit' : undefined;
    case 'user':
      return isRoot ? undefined : 'the service does not run as root';
    case 'namespaces':
      return tools.unshare === undefined ? 'there is no unshare' : undefined;
    case 'node':
      return node.permissionFlag === undefined ? 'this Node has no permission model' : undefined;
    default:
      return tools.setpriv === undefined ? 'there is no setpriv' : undefined;
  }
}

interface Together {
  readonly applied: ReadonlySet<Layer>;
  readonly system: readonly Breach[];
  readonly all: readonly Breach[];
  readonly dropped: ReadonlyMap<Layer, string>;
}

async function tryTogether(options: SurveyOptions, usable: readonly Layer[]): Promise<Together> {
  const applied = new Set(usable);
  const dropped = new Map<Layer, string>();
  for (;;) {
    const withoutNode = usable.filter((layer) => layer !== 'node' && applied.has(layer));
    // Two at once, each of which also tries to signal and to read the other, as runners of two tenants would.
    const [one, other] = [probeOf(options, withoutNode), probeOf(options, withoutNode)];
    const whole = probeOf(options, [...applied]);
    try {
      const [ofOne, ofOther, all] = await Promise.all([
        one.breaches(pids(other), options.folders),
        other.breaches(pids(one), options.folders),
        whole.breaches([process.pid], options.folders),
      ]);
      return { applied, system: [...ofOne, ...ofOther], all, dropped };
    } catch (error) {
      const last = LEAST_PORTABLE.find((layer) => applied.has(layer));
      if (last === undefined || !(error instanceof RunnerStartError)) throw error;
      applied.delete(last);
      dropped.set(last, `not together with the others: ${error.message}`);
    } finally {
      for (const probe of [one, other, whole]) probe.kill();
    }
  }
}

function pids({ pid }: Probe): readonly number[] {
  return pid === undefined ? [process.pid] : [process.pid, pid];
}

function probeOf({ footing, folders, limits }: SurveyOptions, layers: readonly Layer[]): Probe {
  return new Probe(launchOf({ footing, layers: new Set(layers), folders, limits, program: 'probe' }));
}

function whats(breaches: readonly Breach[], of: Guarantee): readonly string[] {
  return [...new Set(breaches.filter(({ guarantee }) => guarantee === of).map(({ what }) => what))];
}

function kept(breaches: readonly Breach[]): readonly Guarantee[] {
  return GUARANTEES.filter((guarantee) => whats(breaches, guarantee).length === 0);
}
