import { AddressRules } from '../../../src/egress-policy/index.js';

const allows = (address: string, ...ranges: string[]): boolean => new AddressRules(ranges).allows(address);

describe('addresses', () => {
  it.each(['140.82.112.3', '1.1.1.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450::1'])(
    'are connected to where they are public: %s',
    (address) => {
      expect(allows(address)).toBe(true);
    },
  );

  it.each([
    ['this network', '0.0.0.0'],
    ['this network', '0.1.2.3'],
    ['private', '10.0.0.1'],
    ['private', '172.16.0.1'],
    ['private', '172.31.255.255'],
    ['private', '192.168.1.1'],
    ['CGNAT', '100.64.0.1'],
    ['CGNAT', '100.127.255.255'],
    ['loopback', '127.0.0.1'],
    ['loopback', '127.255.255.255'],
    ['link-local', '169.254.0.1'],
    ['metadata', '169.254.169.254'],
    ['metadata of Azure', '168.63.129.16'],
    ['metadata of Alibaba', '100.100.100.200'],
    ['protocol assignments', '192.0.0.8'],
    ['6to4 relays', '192.88.99.1'],
    ['benchmarks', '198.18.0.1'],
    ['documentation', '192.0.2.1'],
    ['documentation', '198.51.100.1'],
    ['documentation', '203.0.113.1'],
    ['multicast', '224.0.0.1'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['unspecified', '::'],
    ['loopback', '::1'],
    ['unique local', 'fc00::1'],
    ['unique local', 'fd12:3456::1'],
    ['metadata', 'fd00:ec2::254'],
    ['link-local', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['public with a zone', '2606:4700::1111%eth0'],
    ['site-local', 'fec0::1'],
    ['multicast', 'ff02::1'],
    ['IPv4-mapped', '::ffff:127.0.0.1'],
    ['IPv4-mapped', '::ffff:7f00:1'],
    ['IPv4-mapped, of a public one', '::ffff:1.1.1.1'],
    ['IPv4-compatible', '::127.0.0.1'],
    ['NAT64', '64:ff9b::7f00:1'],
    ['NAT64 of a public one', '64:ff9b::101:101'],
    ['NAT64, local', '64:ff9b:1::a00:1'],
    ['6to4', '2002:7f00:1::1'],
    ['Teredo', '2001:0:7f00:1::1'],
    ['documentation', '2001:db8::1'],
    ['documentation', '3fff::1'],
    ['not given out', '4000::1'],
    ['no address', 'localhost'],
    ['no address', '127.1'],
    ['no address', ''],
  ])('are refused: %s %s', (_, address) => {
    expect(allows(address)).toBe(false);
  });

  it.each([
    ['10.1.2.3', '10.0.0.0/8', true],
    ['10.1.2.3', '10.1.2.3', true],
    ['10.1.2.4', '10.1.2.3', false],
    ['11.0.0.1', '10.0.0.0/8', true],
    ['192.168.0.1', '10.0.0.0/8', false],
    ['fd12::1', 'fd00::/8', true],
    ['::1', '::1', true],
    ['::ffff:10.0.0.1', '10.0.0.0/8', true],
    ['::ffff:10.0.0.1', '::ffff:0:0/96', false],
    ['10.0.0.1', '::ffff:0:0/96', false],
    ['10.0.0.1', '::/0', false],
    ['64:ff9b::101:101', '64:ff9b::/96', true],
    ['64:ff9b::a00:1', '64:ff9b::/96', false],
    ['169.254.1.1', '169.254.0.0/16', true],
    ['169.254.169.254', '169.254.0.0/16', false],
    ['169.254.169.254', '0.0.0.0/0', false],
    ['169.254.169.254', '169.254.169.254', true],
    ['::ffff:169.254.169.254', '0.0.0.0/0', false],
    ['fd00:ec2::254', 'fc00::/7', false],
    ['fd00:ec2::254', 'fd00:ec2:0::254/128', true],
  ])('are connected to where a range names them: %s with %s: %s', (address, range, expected) => {
    expect(allows(address, range)).toBe(expected);
  });

  it.each(['10.0.0.0/33', '10.0.0', 'a', '10.0.0.0/', 'fd00::/129', '10.0.0.0/8/8', 'fe80::1%eth0'])(
    'refuses the range %j, and names it',
    (range) => {
      expect(() => new AddressRules([range])).toThrow(JSON.stringify(range));
    },
  );
});
