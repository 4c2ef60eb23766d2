// family: TypeScript
// source: own idea: types that hide code, or end it
// expect: value "safe"
// language: typescript
type Hidden = { [K in keyof typeof process]: `${string}process` };
declare global {
  const process: never;
}
async function attack(cb: (value: unknown) => void): Promise<void> {
  const loot: unknown[] = [(globalThis as { process?: object }).process, this satisfies unknown];
  loot.push(caught<object>(() => (require as (id: string) => object)('good')), <T,>(x: T): T => x);
  cb(verdict(...loot));
}
