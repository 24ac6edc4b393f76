import { BlockList, isIPv4, isIPv6 } from 'node:net';

/** IPv4 that leads nowhere public (https://www.iana.org/assignments/iana-ipv4-special-registry). */
const special4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const;

/** Within the public IPv6 addresses, those that are for documentation, or wrap an IPv4 address. */
const special6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

function listOf(subnets: readonly (readonly [string, number])[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const [address, bits] of subnets) list.addSubnet(address, bits, family);
  return list;
}

const lists = {
  special4: listOf(special4, 'ipv4'),
  special6: listOf(special6, 'ipv6'),
  global6: listOf([['2000::', 3]], 'ipv6'),
} as const;

/**
 * Tells whether an address is one of the public internet: neither loopback, private, link-local (where clouds keep their
 * metadata), shared, multicast nor reserved.
 * @param address IPv4 or IPv6, as `dns.lookup` gives it
 */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !lists.special4.check(address, 'ipv4');
  // An address of one interface has its name behind a percent sign.
  if (!isIPv6(address) || address.includes('%')) return false;
  // Networks with IPv6 alone reach IPv4 by these.
  const translated = /^64:ff9b::(?:([0-9a-f]{1,4}):([0-9a-f]{1,4})|(\d+\.\d+\.\d+\.\d+))$/i.exec(address);
  if (translated) return isPublicAddress(translated[3] ?? dotted(translated[1] ?? '', translated[2] ?? ''));
  return lists.global6.check(address, 'ipv6') && !lists.special6.check(address, 'ipv6');
}

function dotted(high: string, low: string): string {
  const bits = (Number.parseInt(high, 16) << 16) | Number.parseInt(low, 16);
  return [24, 16, 8, 0].map((shift) => (bits >>> shift) & 255).join('.');
}
