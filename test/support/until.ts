/** Resolves once the condition holds; the test's own timeout is the hang guard. */
export async function until(condition: () => boolean): Promise<void> {
  // oxlint-disable-next-line no-await-in-loop -- polling is one look after another
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}
