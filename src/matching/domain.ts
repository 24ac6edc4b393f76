import type { Question } from './question.ts';

/** Words that nobody says who does not mean Docker; every word with "docker" in it is one too. */
const names = wordSet(`compose podman containerd dind buildkit buildx overlay2 overlayfs aufs devicemapper snapshotter
  oomkilled distroless busybox rmi containerize containerized containerise containerised nocopy unionfs`);

/** Docker's own words, by what they mean: other fields use each of them too, but seldom two together. */
const subjects: readonly ReadonlySet<string>[] = [
  wordSet('container containers ctr ctrs'),
  wordSet('image images img imgs'),
  wordSet('volume volumes vol vols volumn'),
  wordSet('layer layers'),
  wordSet('mount mounts mounted mounting bind'),
  wordSet('build builds building rebuild rebuilt rebuilding multistage stage stages'),
  wordSet('swarm pod pods pv pvc statefulset'),
  wordSet('redeploy redeploys redeployed redeploying'),
  wordSet('prune pruned pruning dangling'),
  wordSet('tmpfs nfs cifs'),
  wordSet('alpine musl slim scratch'),
  wordSet('copy entrypoint cmd arg env'),
];

/** Words of Docker's world that alone do not prove it. */
const related =
  wordSet(`overlay union registry squash kernel namespace namespaces cgroup cgroups vm vms vhdx cache cached
  secret secrets restart restarted exited vfs writable ephemeral uid gid chown tarball tar backup restore daemon workdir hub
  tag digest db database databases postgres mysql mongo mariadb persist persistent fs rm cow btrfs zfs hypervisor`);

/** What a question speaks of. */
export interface Domain {
  /** It has a word that only Docker's world has. */
  readonly named: boolean;
  /** How many of Docker's own words it has that other fields use too. */
  readonly subjects: number;
  /** It has another word of Docker's world. */
  readonly related: boolean;
}

/** Tells which world a question's words belong to. */
export function readDomain({ text, words }: Question): Domain {
  const has = (set: ReadonlySet<string>): boolean => words.some((word) => set.has(word));
  return {
    named: text.includes('docker') || has(names),
    subjects: subjects.filter(has).length,
    related: has(related),
  };
}

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/));
}
