// How many times plain Node's time a sample may take in a context.

export const LANGUAGE = 1.3;
export const EVENTS = 2;
export const BYTES = 3;
/** Below 1 KB a call of Node's own code is short: what counts is how much longer it takes, in microseconds. */
export const SMALL_US = 2;

/** What the guard lets a busy machine add to a limit, as a share of it. */
const NOISE = 0.2;

/** Microseconds that one operation takes longer in a context. */
export const addedUs = ({ context, plain }, { operations }) => ((context - plain) * 1000) / operations;

/** Whether a result, `{ context, plain }` in milliseconds, is within the limit of its sample. */
export function isWithin(result, sample, noise = 0) {
  return sample.small
    ? addedUs(result, sample) <= SMALL_US * (1 + noise)
    : result.context / result.plain <= sample.limit * (1 + noise);
}

/** What is above its limit by more than noise, as texts. */
export function exceeded(runs) {
  return runs.flatMap(({ node, results }) =>
    results
      .filter(({ sample, ...result }) => result.error !== undefined || !isWithin(result, sample, NOISE))
      .map(({ sample, error, ...result }) => {
        if (error !== undefined) return `${node}: ${sample.name}: ${error}`;
        return sample.small
          ? `${node}: ${sample.name}: ${addedUs(result, sample).toFixed(2)} us more than plain Node, at most ${SMALL_US}`
          : `${node}: ${sample.name}: ${(result.context / result.plain).toFixed(2)} times plain Node, at most ${sample.limit}`;
      }),
  );
}
