import type { Container, ContainerSpec, HostDirectory, Image, ImageSpec, Mount, Network, Volume } from './sandbox.ts';

/**
 * One of the calls that a demo begins with, before it looks at anything, as plain data: what an earlier call of the
 * opening made is named by that call's number, the base image by null.
 */
export type OpeningCall =
  | { readonly kind: 'image'; readonly spec: Omit<ImageSpec, 'from'>; readonly from: number | null }
  | { readonly kind: 'volume'; readonly name: string }
  | { readonly kind: 'directory'; readonly name: string }
  | { readonly kind: 'network'; readonly name: string }
  | {
      readonly kind: 'create' | 'run';
      readonly spec: Omit<ContainerSpec, 'image' | 'mounts' | 'network' | 'beside'>;
      readonly image: number | null;
      /** Left out for a container without a network. */
      readonly network?: number;
      readonly mounts: readonly OpeningMount[];
    };

type OpeningMount =
  | Extract<Mount, { type: 'anonymous' | 'tmpfs' }>
  | (Omit<Extract<Mount, { type: 'volume' }>, 'volume'> & { readonly volume: number })
  | (Omit<Extract<Mount, { type: 'bind' }>, 'directory'> & { readonly directory: number });

/** What one call of an opening made. */
export type Made =
  | { readonly kind: 'image'; readonly image: Image }
  | { readonly kind: 'volume'; readonly volume: Volume }
  | { readonly kind: 'directory'; readonly directory: HostDirectory }
  | { readonly kind: 'network'; readonly network: Network }
  | { readonly kind: 'create' | 'run'; readonly container: Container };

/**
 * Describes the making of an image.
 * @param made what the opening's earlier calls made
 * @returns null where it cannot be part of an opening
 */
export function imageCall({ from, ...spec }: ImageSpec, made: readonly Made[]): OpeningCall | null {
  const number = numberOfImage(from, made);
  return number === undefined ? null : { kind: 'image', spec, from: number };
}

/**
 * Describes the making of a container. One that does something by itself is no part of an opening, it belongs to the run:
 * a script, the command of its image, a health check. Nor is one that shares the network of another.
 */
export function containerCall(
  kind: 'create' | 'run',
  { image, mounts = [], network, beside, ...spec }: ContainerSpec,
  made: readonly Made[],
): OpeningCall | null {
  const number = numberOfImage(image, made);
  const described = mounts.map((mount) => describeMount(mount, made)).filter((mount) => mount !== null);
  const acts = spec.script !== undefined || spec.loosen?.command !== undefined || spec.health !== undefined;
  const on = made.findIndex((item) => item.kind === 'network' && item.network === network);
  const elsewhere = beside !== undefined || (network !== undefined && on < 0);
  if (number === undefined || described.length < mounts.length || acts || elsewhere) return null;
  return { kind, spec, image: number, mounts: described, ...(network === undefined ? {} : { network: on }) };
}

function numberOfImage(image: Image | undefined, made: readonly Made[]): number | null | undefined {
  if (image === undefined) return null;
  const number = made.findIndex((item) => item.kind === 'image' && item.image === image);
  return number < 0 ? undefined : number;
}

function describeMount(mount: Mount, made: readonly Made[]): OpeningMount | null {
  if (mount.type === 'bind') {
    const directory = made.findIndex((item) => item.kind === 'directory' && item.directory === mount.directory);
    return directory < 0 ? null : { ...mount, directory };
  }
  if (mount.type === 'volume') {
    const volume = made.findIndex((item) => item.kind === 'volume' && item.volume === mount.volume);
    return volume < 0 ? null : { ...mount, volume };
  }
  return mount;
}

/** The specification of an image that an opening describes. */
export function imageSpec({ spec, from }: Extract<OpeningCall, { kind: 'image' }>, made: readonly Made[]): ImageSpec {
  const image = imageNumbered(from, made);
  return image === null ? spec : { ...spec, from: image };
}

/** The specification of a container that an opening describes. */
export function containerSpec(
  call: Extract<OpeningCall, { kind: 'create' | 'run' }>,
  made: readonly Made[],
): ContainerSpec {
  const image = imageNumbered(call.image, made);
  const mounts = call.mounts.flatMap((mount): Mount[] => {
    if (mount.type === 'volume') {
      const item = made[mount.volume];
      return item?.kind === 'volume' ? [{ ...mount, volume: item.volume }] : [];
    }
    if (mount.type === 'bind') {
      const item = made[mount.directory];
      return item?.kind === 'directory' ? [{ ...mount, directory: item.directory }] : [];
    }
    return [mount];
  });
  const on = call.network === undefined ? undefined : made[call.network];
  return {
    ...call.spec,
    mounts,
    ...(image === null ? {} : { image }),
    ...(on?.kind === 'network' ? { network: on.network } : {}),
  };
}

function imageNumbered(number: number | null, made: readonly Made[]): Image | null {
  const item = number === null ? undefined : made[number];
  return item?.kind === 'image' ? item.image : null;
}
