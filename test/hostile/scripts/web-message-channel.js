// family: structured clone
// source: own idea: messages whose parts run code while they are cloned, ports made by hand, listeners that throw
// expect: value "safe"
async function attack(cb) {
  const loot = [];
  const { port1, port2 } = new MessageChannel();
  loot.push(
    port1,
    port2,
    MessagePort,
    MessageChannel,
    caught(() => new MessagePort()),
    caught(() => Reflect.construct(MessagePort, [Symbol('own')])),
    caught(() => MessagePort.join(port1, {})),
    caught(() => port1.postMessage(() => 1)),
    caught(() => port1.postMessage(Symbol('x'))),
    caught(() => Reflect.apply(port1.postMessage, {}, [1])),
  );
  const got = new Promise((resolve) => {
    port2.onmessage = function (...args) {
      loot.push(this, ...args, args[0].data);
      resolve();
    };
  });
  port1.postMessage({
    get a() {
      loot.push(
        this,
        caught(() => port1.postMessage(this)),
      );
      return new Map([[{}, new Error('x')]]);
    },
  });
  await got;
  port1.close();
  loot.push(caught(() => port1.postMessage(1)));
  cb(verdict(...loot));
}
