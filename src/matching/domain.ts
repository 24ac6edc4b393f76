import { splitWords } from './words.ts';

/** Words that name Docker's own things; beside one, a foreign word only names what runs in the container. */
const subjects = wordSet(`docker dockerfile dockerfiles dockerd dockerignore dockerized dockerize container containers
  containerized containerd podman compose image images img volume volumes swarm`);

/** Words of Docker's world that alone do not prove it. */
const related = wordSet(`layer layers mount mounts mounted mounting bind overlay overlayfs overlay2 aufs devicemapper
  tmpfs union unionfs registry multistage stage stages distroless alpine busybox musl scratch prune pruned dangling
  buildkit buildx oomkilled redeploy redeployed squash kernel namespace namespaces cgroup cgroups vm vms vhdx copy build
  builds rebuild cache cached secret secrets restart restarted exited snapshotter vfs writable ephemeral uid gid chown
  tarball tar backup restore nfs cifs pv pvc pod pods daemon entrypoint cmd from workdir arg env hub tag digest db
  database postgres mysql mongo mariadb persist persistent fs rm rmi cow devicemapper btrfs zfs`);

/** Words of other fields whose other words are like Docker's: commits, branches, partitions, storage of phones. */
const foreign = wordSet(`git subversion svn github gitlab jira confluence slack rebase branch branches commits pr merge
  laptop phone iphone android wifi vpn printer terraform ansible puppet chef java javascript typescript python php css
  html react angular vue django spring sql query eslint jquery regex excel word powerpoint softmax neural lvm ext4
  partition microservices weather rain meeting lunch dinner breakfast restaurant vacation holiday holidays salary payroll
  office party game football movie music song joke jokes story recipe wallpaper windshield tires car bike plants dog cat
  pet pets birthday capital country dollars euros price prices bank credit ship shipping cylinder radius area instagram
  facebook twitter youtube tv book leadership alarm timer calendar appointment flight hotel tickets president chemistry
  physics math todo list remind reminder translate spell sing`);

/** What a question speaks of. */
export interface Domain {
  /** It names Docker's own things. */
  readonly subject: boolean;
  /** It has words of Docker's world. */
  readonly related: boolean;
  /** It has words of another field, and names none of Docker's own things. */
  readonly foreign: boolean;
}

/**
 * Tells which world a question's words belong to.
 * @param text clean lower-case text
 */
export function readDomain(text: string): Domain {
  const words = splitWords(text);
  const has = (set: ReadonlySet<string>): boolean => words.some((word) => set.has(word));
  const subject = has(subjects) || text.includes('/var/lib/docker');
  return { subject, related: subject || has(related), foreign: !subject && has(foreign) };
}

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/));
}
