/** The groups of Node's tests that concern what a script has: the first words of their names. */
const GROUPS = {
  assert: ['assert'],
  buffer: ['buffer', 'blob', 'file'],
  console: ['console'],
  crypto: ['crypto'],
  encoding: ['whatwg-encoding', 'string-decoder'],
  events: ['event-emitter', 'events', 'eventtarget', 'whatwg-events', 'abortcontroller', 'aborted'],
  querystring: ['querystring'],
  stream: ['stream', 'stream2', 'stream3', 'readable'],
  structuredClone: ['structuredClone'],
  timers: ['timers'],
  url: ['url', 'whatwg-url'],
  util: ['util'],
  webcrypto: ['webcrypto'],
  webstreams: ['whatwg-webstreams', 'webstreams'],
  zlib: ['zlib'],
};

const GROUP_OF = new Map(
  Object.entries(GROUPS).flatMap(([group, prefixes]) => prefixes.map((prefix) => [prefix, group])),
);

/** The group of a file of tests, or undefined. */
export function groupOf(file) {
  if (!file.endsWith('.js')) return undefined;
  const words = file.slice('test-'.length, -'.js'.length).split('-');
  for (let count = words.length; count > 0; count--) {
    const group = GROUP_OF.get(words.slice(0, count).join('-'));
    if (group !== undefined) return group;
  }
  return undefined;
}

/** What a test needs that no script at level `context` has, with how its source shows that. */
const NEEDS = [
  [
    'files',
    /require\('(?:node:)?fs(?:\/promises)?'\)|common\/tmpdir'|fixtures\.(?!readKey)\w|\b__filename\b/,
  ],
  [
    'network',
    /require\('(?:node:)?(?:net|tls|https?|http2|dgram|dns|dns\/promises)'\)|require\('_tls|startServer\b/,
  ],
  [
    'process',
    /require\('(?:node:)?(?:child_process|cluster|worker_threads|domain|vm|v8|inspector|trace_events|readline|repl|tty)'\)/,
  ],
  ['process', /require\('(?:\.\.\/common\/(?:child_process|gc|hijackstdio|wpt|heap)|node:test\/|internal\/)/],
  ['process', /\/\/ Flags:.*--(?!no-warnings)/],
  [
    'process',
    /\bprocess\.(?!nextTick\b|versions?\b|platform\b|arch\b|config\b|hrtime\b|features\b|exit\b|release\b|memoryUsage\b)(?!(?:on|once|addListener)\('exit')\w/,
  ],
  ['process', /\bexpectWarning\b|\bspawnPromisified\b|\bopensslCli\b|\bpermission\b/],
];

/** Which of process, files and network a test needs. */
export function needsOf(source) {
  const code = source.replaceAll(/^\s*\/\/(?! Flags:).*$/gm, '');
  return [...new Set(NEEDS.filter(([, pattern]) => pattern.test(code)).map(([need]) => need))];
}
