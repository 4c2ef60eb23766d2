/** The order of ticks, microtasks, timers and immediates, from a turn of its own. `nextTick` is a variable around it. */
void new Promise((resolve) => {
  const order = [];
  const log = (text) => () => void order.push(text);
  setImmediate(() => {
    setTimeout(() => {
      log('timeout')();
      nextTick(log('tick of timeout'));
      void Promise.resolve().then(log('promise of timeout'));
    }, 1);
    setImmediate(() => {
      log('immediate')();
      nextTick(() => {
        log('tick')();
        nextTick(log('tick of tick'));
        queueMicrotask(log('microtask of tick'));
      });
      // oxlint-disable-next-line promise/always-return -- nobody waits for it
      void Promise.resolve().then(() => {
        log('promise')();
        nextTick(log('tick of promise'));
        queueMicrotask(() => {
          log('microtask')();
          nextTick(log('tick of microtask'));
        });
      });
    });
    nextTick((...args) => log(args.join(' '))(), 'with', 'arguments');
    void (async () => {
      log('async')();
      await Promise.resolve();
      log('awaited')();
      nextTick(log('tick of await'));
      await Promise.resolve();
      log('awaited again')();
    })();
    require('util').callbackify(async () => 1)(log('callbackified'));
    const stream = new (require('stream').PassThrough)();
    for (const event of ['data', 'end', 'close']) stream.on(event, log(event));
    stream.end('x');
    nextTick(log('last'));
  });
  setTimeout(() => resolve(order.join(', ')), 50);
});
