import type { HostConfig, NetworkCreateOptions } from 'dockerode';
import type { EngineFacts } from './sandbox.ts';
import { networkedSeccompProfile } from './seccomp-profile.ts';

/** The option of Docker's bridge driver by which the host gets no address on a network (https://docs.docker.com/engine/network/drivers/bridge/#options). */
export const noHostAddress = 'com.docker.network.bridge.inhibit_ipv4';

/**
 * Says why an engine cannot keep the networks of a run apart from everything else; null where it can.
 *
 * Docker before 20.10 does not know the option that keeps the host off a network, and takes it without a word. Podman has
 * none: its host has an address on each network, also on an internal one.
 */
export function lackForNetworks({
  product,
  version,
  enforces,
}: Pick<EngineFacts, 'product' | 'version' | 'enforces'>): string | null {
  if (product !== 'Docker') {
    return 'Podman gives its host an address on every network, so a network of a demo would lead to the host';
  }
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 10)) {
    return `Docker ${version} gives its host an address on every network, so a network of a demo would lead to the host; Docker 20.10 or later is needed`;
  }
  return enforces.seccomp
    ? null
    : 'this engine runs containers without seccomp, so a process could send past the routes of its network';
}

/**
 * The request for a network of a run: a bridge of its own from the engine's address pools, with no way on and without an
 * address of the host, IPv4 only.
 */
export function networkRequest(name: string, labels: Readonly<Record<string, string>>): NetworkCreateOptions {
  return {
    Name: name,
    Driver: 'bridge',
    CheckDuplicate: true,
    Internal: true,
    Attachable: false,
    EnableIPv6: false,
    Options: { [noHostAddress]: 'true' },
    Labels: { ...labels },
  };
}

/**
 * What a container on a network has beside the policy.
 *
 * The engine's resolver knows the names of the run. What else it is asked it sends to the container's own loopback, where
 * nothing answers. `use-vc` has a C library ask over TCP, the only thing that the profile allows. IPv6 would give
 * the container an address by itself, and the host has one on each bridge.
 */
export function lockNetworked(): Pick<HostConfig, 'Dns' | 'DnsOptions' | 'DnsSearch' | 'Sysctls'> {
  return {
    Dns: ['127.0.0.1'],
    DnsOptions: ['use-vc', 'single-request', 'timeout:1', 'attempts:1'],
    DnsSearch: ['.'],
    Sysctls: { 'net.ipv6.conf.all.disable_ipv6': '1', 'net.ipv6.conf.default.disable_ipv6': '1' },
  };
}

/** The seccomp profile of a container on a network, as Docker takes it: the host hears on a bridge also without an address there, from who sends to everybody or past the routes. */
export function networkedSeccomp(): string {
  return `seccomp=${JSON.stringify(networkedSeccompProfile)}`;
}

/** The networks of a run in words, for receipts. */
export const networksInWords =
  "networks of the run alone: bridges without an address of the host, internal, TCP alone, no IPv6, no names from outside, no published port, Dockproof's seccomp profile";
