import { ConfiguredEgress } from '../../../src/egress/configured-egress.provider.js';
import { DEFAULT_EGRESS_OPTIONS, EgressService, SystemLookup } from '../../../src/egress/index.js';
import type { EgressReply } from '../../../src/sandbox/egress.js';

function providerOf(hosts: readonly string[]): ConfiguredEgress {
  const options = { ...DEFAULT_EGRESS_OPTIONS, hosts };
  return new ConfiguredEgress(new EgressService(options, new SystemLookup(options)));
}

/** Why the first tenant's request to a host that nobody lists is refused; undefined where there is no way out at all. */
function refusalOf(provider: ConfiguredEgress, hosts?: readonly string[]): string | undefined {
  let refusal: string | undefined;
  const reply: Partial<EgressReply> = { failed: ({ message }) => (refusal = message) };
  const request = { method: 'GET', url: 'https://nobody.example/', headers: [], hasBody: false };
  provider
    .egressFor('tenant', hosts)
    ?.open()
    .request(request, reply as EgressReply);
  return refusal;
}

const REFUSED = 'Egress refused: https://nobody.example:443 is not in EGRESS';

it('gives everyone what EGRESS names, and nobody a way out without it', () => {
  expect([refusalOf(providerOf(['a.example'])), refusalOf(providerOf([]))]).toEqual([REFUSED, undefined]);
});

it('gives a tenant its own list in place of that, also where it is empty or the only one', () => {
  expect([refusalOf(providerOf([]), ['a.example']), refusalOf(providerOf(['a.example']), [])]).toEqual([
    REFUSED,
    undefined,
  ]);
});

it('refuses a list that cannot be read, and names the entry', () => {
  expect(() => providerOf([]).egressFor('tenant', ['a/b'])).toThrow('"a/b" is not a valid host');
});
