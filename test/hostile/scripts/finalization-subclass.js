// family: WeakRef and FinalizationRegistry
// source: own idea: the unguarded registry behind the guard
// expect: value "safe"
function attack(cb) {
  const Real = Object.getPrototypeOf(FinalizationRegistry.prototype).constructor;
  class Sub extends FinalizationRegistry {}
  cb(
    verdict(
      Real,
      new Sub(() => {}),
      FinalizationRegistry.prototype.constructor,
      Reflect.construct(FinalizationRegistry, [() => {}], Object),
      caught(() => FinalizationRegistry(() => {})),
    ),
  );
}
