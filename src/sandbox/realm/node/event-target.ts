import { AbortController, AbortSignal } from '../web/abort.js';
import { DOMException } from '../web/dom-exception.js';
import { EventTarget } from '../web/event-target.js';
import { CustomEvent, Event } from '../web/event.js';

/** Web globals around events. Their members are enumerable, as the standard has it. */
for (const kind of [Event, CustomEvent, EventTarget, AbortSignal, AbortController, DOMException]) {
  for (const key of Object.getOwnPropertyNames(kind.prototype))
    if (key !== 'constructor') Object.defineProperty(kind.prototype, key, { enumerable: true });
}

export default { AbortController, AbortSignal, CustomEvent, DOMException, Event, EventTarget };
