/** Words that carry no topic: grammar, politeness and chat filler. Kept out of scores, not out of kinds of question. */
export const stopWords: ReadonlySet<string> = new Set(
  `a an the this that these those there here it its itself is are was were be been being am do does did doing done
  have has had having will would shall should can could may might must to of in on at by for from with into onto as
  and or but if then else so than too very just also only even still ever yet again anyway about i me my mine we us
  our you your u ur he she they them their one ones someone anybody people ppl guys folks everyone everything what
  whats which who whom whose when where wheres why how hows hey hi hello yo dear pls plz please thx thanks thank ty lol
  lmao haha wtf omg grr argh ugh noob newbie q question questions answer tip tips idea ideas wonder wondering ok okay
  want wanna need needs gonna gotta know get got gets getting go goes going like really actually basically currently
  thing things stuff something anything sort kind lot lots bit some any each every both such much many more most few
  tell say says said saying give explain describe possible possibly way ways come comes make makes made making let lets
  im ive id dont doesnt didnt isnt arent cant cannot wont couldnt shouldnt wasnt havent hasnt not no n w etc ie eg vs
  versus use used uses using usage try tried trying help helpful able whether while because since however though
  although now eli5 tf wth wtaf cuz coz bc fyi iirc tldr damn kinda lemme gimme seem seems look looks looking see seen think thought mean means meant happen happens happened true false
  shld cud wud r y ya yes nope btw afaik imo idk tbh asap well good best better name next errorresponse`.split(/\s+/),
);

/**
 * Words of everyday English that any question may have. Being rare in the book makes other words telling, but not these;
 * they count for less.
 */
export const everydayWords: ReadonlySet<string> = new Set(
  `abide ability absolute absolutely accept accidentally achieve actual add added adding additional advice affect
  afterwards against ago agree ahead allow almost alone along already also altogether always among annoying
  apparently appear appears apply approach appropriate area around arrange arrive article aside ask assume attempt
  available avoid aware away awesome awful based basic beautiful become begin behave behavior behaviour behind
  belong beside beyond bother brief bring bug busy call called calling cancel care careful case cause caution
  certain chance choice claim class clear clever close colleague come common company complain complete completely
  concern condition confirm conflict confuse consequence consider consist constant continue convenience convenient
  convince correct correctly count couple course cover crazy cross current currently custom daily damage danger
  dangerous day deal decent decide declare definitely demand depth derive described design desire despite detail
  detect determine develop difficult difficulty direct directly discover discuss document documentation dozen due
  during early easy effect effective efficient effort either else elsewhere enforce enough ensure entire entirely
  equal equivalent especially essential eventual eventually exact exactly example exception exist existing exists
  expect expected expense experience explicit express extra extreme extremely face facing fact fail failed failing
  fails failure fair fairly fall familiar far favorite feature few figure final finally fine finish first fix fixed
  fixes flat follow foot forbid forget form former forward four frequent friend friendly frustrate fun funny
  further future gain gave general generally given gives giving glad goal great guarantee guess guide half hand
  handle handled handling happening happy hard hardly hate hear heard hearing high higher hit hold hope hopefully
  horrible hour hurt ideal imagine immediate immediately impact implement importance important importantly improve
  incorrect increase indeed indicate individual influence info information initial intend interest interesting
  internal interview introduce invent invisible involve issue item job join kick lack last latter lead learn least
  leave level likely line little live long longer look low main mainly maintain major manner manual manually matter
  mattered matters mention middle mind minimum minor minute miss mistake mix modern moment month mostly nature near
  necessary neither nervous never next nice nobody normal normally note notice number obey obscure observe obvious
  obviously occasional occupied occupy occur odd oddly offer official often old once online open operation opinion
  option ordinary otherwise outside overall page painful painfully part particular pass past patient pattern
  perfect perfectly perform perhaps period person personal pick piece plain plan play plenty plus popular pose
  possible practical prefer preference prepare present pretty prevent previous previously principle prior probable
  probably problem proceed program project promise prompt proof proper properly property provide provided provides
  purpose quality question quite random rarely reach react reader ready real realize reason reasonable reasonably
  receive recent recently recognize refer reference refuse regard regular relate relation relationship relative
  relatively relevant rely remain remember repeat report request require required requirement requires respect
  respond response result return returned returns reveal review right role round rule satisfy scenario scene search
  section select sense sentence serious serve session set setting setup seven shame shape short side sign silent
  silently similar simple simplest simplify simply since situation solution solve somebody somehow sometimes
  somewhere soon sorry sound speak special specific specifically specified specify specifying spend stand standard
  statement stay stayed stays step stick story straight strange strategy strict strong structure struggle stuck
  student stupid subject substitute success successful successfully suddenly suggest suggestion suit suitable sum
  supply support supported supports suppose surprise surprised surprising suspect symptom talk teach team technical
  technique technology ten term terrible text third thought three together tomorrow tonight tool topic total
  totally touch toward trick trouble troubleshoot trust turn tutorial twice type typical typically ugly unable
  unclear understand unexpected unfamiliar unfortunately unique unit unknown unless upset useful useless usual
  usually valid value variety various via video wait wanted wants warn watch weather week weird whatever whenever
  wherever whole wide willing wish within wonder word work worked working works world worried worry wrong year
  yesterday young`.split(/\s+/),
);

/** Spellings with one meaning, written as the book writes it. */
export const aliases: Readonly<Record<string, string>> = {
  ctr: 'container',
  ctrs: 'container',
  cntr: 'container',
  cntnr: 'container',
  conts: 'container',
  dkr: 'docker',
  dckr: 'docker',
  drvr: 'driver',
  bkup: 'backup',
  bkp: 'backup',
  bckup: 'backup',
  backups: 'backup',
  lyr: 'layer',
  lyrs: 'layer',
  srv: 'server',
  svr: 'server',
  mnt: 'mount',
  del: 'delete',
  regsitry: 'registry',
  reg: 'registry',
  ver: 'version',
  vers: 'version',
  mem: 'memory',
  airgap: 'airgapped',
  db: 'database',
  dbs: 'database',
  img: 'image',
  imgs: 'image',
  k8s: 'kubernetes',
  kube: 'kubernetes',
  postgresql: 'postgres',
  psql: 'postgres',
  pg: 'postgres',
  mongodb: 'mongo',
  perms: 'permission',
  prod: 'production',
  fs: 'filesystem',
  filesystems: 'filesystem',
  rootfs: 'filesystem',
  overlay2: 'overlay2',
  overlay: 'overlayfs',
  unionfs: 'unionfilesystem',
  dockerize: 'dockerized',
  containerize: 'containerized',
  containerise: 'containerized',
  containerised: 'containerized',
  vms: 'vm',
  os: 'operatingsystem',
  dir: 'directory',
  dirs: 'directory',
  folder: 'directory',
  folders: 'directory',
  config: 'configuration',
  cfg: 'configuration',
  conf: 'configuration',
  repo: 'repository',
  repos: 'repository',
  env: 'environment',
  envs: 'environment',
  vars: 'variable',
  var: 'variable',
  creds: 'credential',
  password: 'secret',
  passwords: 'secret',
  cmd: 'cmd',
  dockerfiles: 'dockerfile',
  vol: 'volume',
  vols: 'volume',
  volumn: 'volume',
  nite: 'night',
  autostart: 'restart',
  mac: 'macos',
  osx: 'macos',
  macbook: 'macos',
  win: 'windows',
  win10: 'windows',
  wsl2: 'wsl',
  gb: 'gigabyte',
  gigs: 'gigabyte',
  mb: 'megabyte',
  distro: 'distribution',
  distros: 'distribution',
  differs: 'difference',
  differ: 'difference',
  differences: 'difference',
  differentiation: 'difference',
  compare: 'difference',
  comparison: 'difference',
  rebooted: 'reboot',
  // Else its stem is that of the states that a container is in.
  stateful: 'state-ful',
  rm: 'rm',
  ro: 'readonly',
};

/** Words written apart that mean one thing, joined. */
export const compounds: Readonly<Record<string, string>> = {
  'air gapped': 'airgapped',
  'air gap': 'airgapped',
  'file system': 'filesystem',
  'root filesystem': 'filesystem',
  'union filesystem': 'unionfilesystem',
  'union fs': 'unionfilesystem',
  'union mount': 'unionfilesystem',
  'multi stage': 'multistage',
  'data base': 'database',
  'docker file': 'dockerfile',
  'docker ignore': 'dockerignore',
  'docker hub': 'dockerhub',
  'docker compose': 'compose',
  'docker desktop': 'desktop',
  'read only': 'readonly',
  'operating system': 'operatingsystem',
  'virtual machine': 'vm',
  'virtual machines': 'vm',
  'copy on': 'copyon',
  'copyon write': 'copyonwrite',
  'time zone': 'timezone',
  'hard disk': 'disk',
  'hard drive': 'disk',
  'disk space': 'diskspace',
  'light weight': 'lightweight',
  'start up': 'startup',
  'left over': 'leftover',
  'node modules': 'nodemodules',
  node_modules: 'nodemodules',
  'back up': 'backup',
  'boot up': 'boot',
  'auto start': 'restart',
  'side by': 'sideby',
  'data root': 'dataroot',
  'different from': 'difference',
  'different than': 'difference',
  'different to': 'difference',
  'error response': 'errorresponse',
  'errorresponse from': 'errorresponse',
  'errorresponse daemon': 'errorresponse',
  'no space': 'nospace',
  'nospace left': 'nospace',
};

/** Groups of words that people use for one thing. A word stays itself and also counts as its group. */
export const concepts: Readonly<Record<string, string>> = {
  lose: `lose lost losing loses loss gone disappear disappeared disappears vanish vanished vanishes wipe wiped wipes empty missing erase erased evaporate ephemeral reset resets destroyed blank nuked eat ate`,
  remove: 'remove removed removing delete deleted deleting rm rmi erase purge uninstall drop',
  clean: 'clean cleanup prune pruning purge reclaim free release tidy leftover gc garbage',
  replace: `replace replaced replacing recreate recreated recreating recreation redeploy redeployed redeploying deploy deployed deploys upgrade upgraded upgrading upgrades update updated updating updates rollout newer rebuild rebuilt newest latest watchtower refresh`,
  keep: `keep keeping keeps kept persist persisted persists persistent persistence permanent permanently preserve preserved retain save saved saving survive survives outlive durable alive store`,
  host: 'host server machine box node laptop computer vps instance',
  move: `move moving moved transfer migrate migrating migration clone cloning copy copied copying relocate ship send sending export import another elsewhere duplicate`,
  reboot: 'reboot rebooted boot restart restarted restarting startup poweroff shutdown',
  exit: `exit exits exited exiting stop stops stopped stopping terminate terminates terminated quit quits die dies died dead crash crashes crashed kill killed kills ended ends`,
  slow: `slow slower slowly sluggish latency performance overhead penalty forever ages`,
  fast: 'fast faster quick quickly speed seconds instant instantly',
  big: 'big large huge bloated size giant massive heavy gigabyte megabyte space',
  small: 'small smaller reduce shrink slim minimize minimise tiny decrease trim compact optimize optimise lightweight',
  size: 'size space disk diskspace gigabyte megabyte storage full usage',
  full: `full nospace filled filling fills fill enospc exhausted eats eating consume consumes consuming takes taking huge grows growing keeps`,
  where: 'location locate located locating path stored store stores find directory',
  database:
    'database postgres mysql mariadb mongo redis sql sqlite oracle mssql cassandra elasticsearch influxdb couchdb',
  permission: `permission permissions denied owner ownership owned owns uid gid chown chmod root user users eacces rights access nonroot eperm writable perms`,
  merge: 'merge merged squash flatten combine single collapse',
  vm: 'vm hypervisor virtualbox vmware vagrant hyperv virtualization virtualisation',
  secret: `secret token credential credentials key keys npmrc ssh npmtoken apikey private leak leaked leaking leaks sensitive pat auth netrc`,
  network: `network port ports expose publish dns ip bridge localhost proxy firewall iptables connect connection http https
    nginx traefik hostname url`,
  dependencies:
    'dependencies dependency package packages npm yarn pip maven gradle composer gem cargo install installs requirements',
  cluster: 'cluster swarm kubernetes nodes replicas service stack orchestration pod pods pv pvc',
  nfs: 'nfs cifs smb samba efs ebs ceph glusterfs rbd sshfs netapp san',
  mount: 'mount mounted mounting bind -v share shared',
  volume: 'volume -v',
  kernel: 'kernel operatingsystem distribution linux ubuntu debian centos',
  isolate: `isolate isolated isolation isolates namespace namespaces cgroup cgroups sandbox separate boundary`,
  memory: `memory ram oom oomkilled`,
  layer: 'layer layers',
  image: 'image images',
  cache: 'cache cached caching caches',
  wise: `wise advisable recommended recommend safe safely sensible bad practice practices production worth advantage advantages disadvantages pros cons frowned`,
  backup: `backup backups restore restoring restored snapshot dump dumps archive tarball nightly pgdump mysqldump`,
  registry: 'registry push pull login dockerhub ecr gcr ghcr harbor nexus artifactory repository',
  base: 'base alpine slim distroless scratch busybox bullseye debian ubuntu',
  ram: 'tmpfs ramdisk memory shm',
  windows: 'windows macos desktop wsl',
  process: 'process processes pid ps',
  create: 'create make turn generate new',
  view: 'view look inspect browse explore content contents inside peek see list show display find print',
  start: 'start starts started starting run runs running launch spin begin',
  many: 'several multiple many two both ten hundred same share shared sharing',
  change: 'change changed changes changing edit editing modify modified modification alter patch',
  archive: 'tar tarball archive zip export save load import airgapped offline',
  fresh: 'nocache clean fresh force scratch invalidate bust busted busts busting stale',
  speed: 'speed fast faster quick quickly time slow',
  readonly: 'readonly immutable immutability',
  inside: 'made composed consists contains contain inside included include',
  compile: 'compile compiled compiler builder artifact artifacts binary binaries stage stages',
  auto: 'automatic automatically itself default',
  orphan: 'orphan orphaned dangling unused untagged leftover unreferenced none anonymous',
  file: 'file files',
  context: `context dockerignore gitignore exclude excluded excluding ignore ignored ignores except omit skip`,
};
