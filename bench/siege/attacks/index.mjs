// All attacks. Each has a name; `as`, the tenant that it comes from, none for a client without a secret;
// `connections`; `moveOf`, which makes what it sends, and gives what is done with a secret on each connection.
import { EGRESS_ATTACKS } from './egress.mjs';
import { FLOOD_ATTACKS } from './floods.mjs';
import { FRAME_ATTACKS } from './frames.mjs';
import { HELD_ATTACKS } from './held.mjs';
import { HTTP_ATTACKS } from './http.mjs';
import { SCRIPT_ATTACKS } from './scripts.mjs';

/** The attacker's core computes, and nothing is sent: what the machine itself costs the bystander. */
const CONTROL = { name: 'control', connections: 0, moveOf: () => undefined };

export const ATTACKS = [
  CONTROL,
  ...FRAME_ATTACKS,
  ...FLOOD_ATTACKS,
  ...HELD_ATTACKS,
  ...SCRIPT_ATTACKS,
  ...HTTP_ATTACKS,
  ...EGRESS_ATTACKS,
];

/** Those of the short form: one of each class, the worst. */
export const WORST = [
  'ws-functions-dots-64k',
  'ws-functions-2m',
  'ws-console-keys-400k',
  'ws-reply-shapes',
  'ws-globals-keys',
  'ws-pings',
  'ws-replies-of-21',
  'ws-unfinished-60',
  'ws-waiting-globals-unlimited',
  'ws-host-replies-8m',
  'ws-host-pauses-unlimited',
  'http-results-unread',
  'nobody-8m-post-nothing',
  'nobody-half-bodies',
  'nobody-metrics',
];

export const attackOf = (name) => ATTACKS.find((attack) => attack.name === name);
