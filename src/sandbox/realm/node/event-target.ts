import { makeMembersEnumerable } from '../kit/define.js';
import { AbortController, AbortSignal } from '../web/abort.js';
import { DOMException } from '../web/dom-exception.js';
import { EventTarget } from '../web/event-target.js';
import { CustomEvent, Event } from '../web/event.js';

/** The web's event classes. Their members are enumerable, as in the standard. */
for (const kind of [Event, CustomEvent, EventTarget, AbortSignal, AbortController, DOMException])
  makeMembersEnumerable(kind);

export default { AbortController, AbortSignal, CustomEvent, DOMException, Event, EventTarget };
