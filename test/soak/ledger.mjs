/** How long after a runner process was killed its script may still be answered 1201. */
const KILL_WINDOW_MS = 2000;
/** A script ends at its deadline, and one that waits when the queue gives it up: past both, a reply is missing. */
const REPLY_PATIENCE_MS = 45_000;
const MOST_VIOLATIONS = 50;
const REFUSED_PAUSE_MS = 100;
/** Of these nothing ran, so the call does not count as an execution. */
const NOTHING_RAN = new Set([1103, 1104, 1200, 1202]);

/** How long a client that was refused waits: what it asks meanwhile would be refused, too. */
function pauseAfter({ code, data }) {
  if (code === 1103) return REFUSED_PAUSE_MS;
  return code === 1200 ? Math.min(data?.retryAfterMs ?? 0, REFUSED_PAUSE_MS) : 0;
}

/** What was sent, what was answered, and every promise that was broken. */
export class Ledger {
  violations = [];
  codes = new Map();
  scripts = new Map();
  executed = { context: 0, process: 0 };
  cancels = { sent: 0, hit: 0, stopped: 0 };
  vanished = 0;
  disconnects = 0;
  kills = 0;
  #begun = { context: 0, process: 0 };
  #open = new Set();
  #kills = [];

  /**
   * @param wanted executions at each level
   * @param endsAt when nothing more is begun, by `performance.now()`
   */
  constructor(wanted, endsAt) {
    this.wanted = wanted;
    this.endsAt = endsAt;
  }

  get isLate() {
    return performance.now() > this.endsAt;
  }

  /** At both levels. */
  get executions() {
    return this.executed.context + this.executed.process;
  }

  get open() {
    return this.#open.size;
  }

  /** Whether one more execution of the level is wanted; it is then counted as begun. */
  takes(level) {
    if (this.failed || this.isLate || this.#begun[level] >= this.wanted[level]) return false;
    this.#begun[level] += 1;
    return true;
  }

  get failed() {
    return this.violations.length >= MOST_VIOLATIONS;
  }

  sent(call) {
    call.sentAt = performance.now();
    this.#open.add(call);
  }

  /** The client has left before the reply: nobody hears what becomes of it. */
  lost(call) {
    if (this.#open.delete(call)) this.vanished += 1;
    this.executed[call.level] += 1;
  }

  /** @param reply `{value, console, chunks}` or `{code, data}` */
  answered(call, reply) {
    if (!this.#open.delete(call)) return this.violate(`a second final reply to ${call.name}`, reply);
    const code = reply.code ?? 'value';
    this.codes.set(code, (this.codes.get(code) ?? 0) + 1);
    if (NOTHING_RAN.has(code)) this.#begun[call.level] -= 1;
    else this.executed[call.level] += 1;
    this.scripts.set(call.name, (this.scripts.get(call.name) ?? 0) + 1);
    if (call.cancelled && code === 1004) this.cancels.stopped += 1;
    call.retryAfterMs = pauseAfter(reply);
    if (!this.#allows(call, reply)) {
      this.violate(`${call.name}, level ${call.level}, ${call.transport}, tenant ${call.tenant}`, reply);
    }
    return undefined;
  }

  /** No call was made, for want of what it needs. */
  skipped(level) {
    this.#begun[level] -= 1;
  }

  killed() {
    this.kills += 1;
    this.#kills.push(performance.now());
    if (this.#kills.length > 100) this.#kills.shift();
  }

  violate(what, reply) {
    const shown = reply === undefined ? '' : `: ${JSON.stringify(reply).slice(0, 500)}`;
    if (!this.failed) this.violations.push(what + shown);
  }

  /** Calls that should have been answered by now. */
  checkMissing() {
    const before = performance.now() - REPLY_PATIENCE_MS;
    for (const call of this.#open) {
      if (call.sentAt > before) continue;
      this.#open.delete(call);
      this.violate(`no reply to ${call.name}, level ${call.level}, ${call.transport}, tenant ${call.tenant}`);
    }
  }

  #allows(call, reply) {
    if (call.accepts(reply)) return true;
    switch (reply.code) {
      case 1004:
        return call.cancelled;
      case 1103:
        return call.tenant === 'rotated';
      case 1104:
        return call.prepares !== undefined;
      case 1200:
        return true;
      // A process that held much memory when it was killed is taken for one that was killed for it.
      case 1201:
      case 1003: {
        const now = performance.now();
        return this.#kills.some((at) => at >= call.sentAt - KILL_WINDOW_MS && at <= now);
      }
      default:
        return false;
    }
  }
}
