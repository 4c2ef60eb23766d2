import { z } from 'zod';
import { cores } from './cores.js';
import type { Setting } from './setting.js';
import { conflictsOf } from './setting-conflicts.js';
import { SETTING_NAMES, SETTINGS, type ParsedSettings, type Settings } from './settings.js';

/** The maximum duration of one host function call. */
const DEFAULT_HOST_TIME_MS = 60_000;

function fieldOf({ kind, default: text }: Setting): z.ZodType {
  return text === undefined ? kind.schema.optional() : kind.schema.prefault(text);
}

/** Parses values by variable name into {@link Settings}, and drops unknown names. */
export const settingsSchema = z
  .object(Object.fromEntries(SETTING_NAMES.map((name) => [name, fieldOf(SETTINGS[name])])))
  .transform((fields, context): Settings => {
    const { SECRET_FILE, EGRESS_HEADERS_FILE, ...given } = fields as ParsedSettings;
    const minRunners = given.SANDBOX_MIN_RUNNERS ?? Math.min(given.MAX_CONCURRENCY, cores() + 2);
    const all = { ...given, SECRET_FILE, EGRESS_HEADERS_FILE, SANDBOX_MIN_RUNNERS: minRunners };
    for (const [name, message] of conflictsOf(all))
      context.addIssue({ code: 'custom', path: [name], message });
    const SECRET = SECRET_FILE ?? given.SECRET;
    const hasSecret = (SECRET !== undefined && SECRET !== '') || given.SECRETS_FILE !== undefined;
    return {
      ...given,
      SECRET,
      EGRESS_HEADERS: EGRESS_HEADERS_FILE ?? given.EGRESS_HEADERS,
      HOST: given.HOST ?? (hasSecret ? '0.0.0.0' : '127.0.0.1'),
      SANDBOX_NODE: given.SANDBOX_NODE ?? process.execPath,
      SANDBOX_MIN_RUNNERS: minRunners,
      LIMITS_MAX_HOST_TIME:
        given.LIMITS_MAX_HOST_TIME ??
        Math.max(DEFAULT_HOST_TIME_MS, given.LIMITS_MAX_TIMEOUT ?? given.TIMEOUT),
    };
  });
