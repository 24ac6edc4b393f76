/** A passage that once stood in the book and could cost somebody data: what it hides, and what `check` says of it. */
export interface DangerousPassage {
  readonly hides: string;
  readonly body: string;
  readonly said: readonly RegExp[];
}

const fence = (...lines: readonly string[]) => ['```console', ...lines, '```'].join('\n');

/** The passages of the book before they were mended. */
export const dangerousPassages: readonly DangerousPassage[] = [
  {
    hides: 'that container prune, second "from harmless to harsh", deletes files that nobody can make again',
    body: [
      'The filesystem is full. Find out which, then remove what you surely do not need: build cache, stopped containers, unused images.',
      'Clean up, from harmless to harsh:',
      fence(
        '$ docker builder prune',
        '$ docker container prune',
        '$ docker image prune',
        '$ docker image prune --all --filter until=240h',
      ),
      'The last one deletes every image built more than ten days ago. None of these touches volumes.',
    ].join('\n\n'),
    said: [
      /:7: Nothing before `docker container prune` names what it destroys: every stopped container, with the files/,
    ],
  },
  {
    hides: 'that system prune --all deletes stopped containers with their files, not only images',
    body: [
      'Docker Desktop keeps all images, containers and volumes in one virtual disk. First remove what you no longer need inside it; then, on Windows, compact the file.',
      fence('$ docker system df', '$ docker system prune --all', '$ docker builder prune --all'),
      'These commands delete every image that no container uses. Volumes stay.',
    ].join('\n\n'),
    said: [/:5: Nothing before `docker system prune` names what it destroys: every stopped container, with the files/],
  },
  {
    hides: 'that a newer database may have changed the files, so that the old one reads them no more',
    body: [
      '3. Back up. For a database, use its own tool (`pg_dump`, `mysqldump`, `mongodump`).\n4. Replace the container.',
      'Check that the data is there. Keep the backup and the old image until you are sure.',
      '> [!NOTE]\n> PostgreSQL needs a dump and restore, or `pg_upgrade`. Read the release notes, and go back to the old tag meanwhile: the old files still work with it.',
    ].join('\n\n'),
    said: [/:6: "Read the release notes, and go back to the old tag .*" does not say: files that the newer version/],
  },
  {
    hides: 'that compose up deletes a named volume whose definition has changed, if somebody says yes',
    body: [
      'Compose replaces and removes containers all the time, and keeps only what is mounted.',
      '| command | container | named volume | anonymous volume |\n|---|---|---|---|\n| `compose up` after a change | replaced | kept | handed to the new container |',
      '`up` replaces a container when its image or its configuration changed. `--build` does not touch volumes.',
    ].join('\n\n'),
    said: [/:5: "command: `compose up` after a change.*does not say: a named volume whose definition/],
  },
  {
    hides: 'which containers a filter really selects, and what rm --force takes with them',
    body: [
      'Select by other things:',
      fence(
        '$ docker rm $(docker ps --all --quiet --filter status=exited --filter ancestor=app:1)',
        '$ docker rm $(docker ps --all --quiet --filter name=test)',
      ),
      'All containers, running ones too (this stops your services):',
      fence('$ docker rm --force $(docker ps --all --quiet)'),
    ].join('\n\n'),
    said: [
      /:4: A list goes unseen into a command that destroys\. Print it first.*status=exited --filter ancestor=app:1/,
      /:5: The filter "name=test" matches any part of a name\. Anchor it: name=\^test/,
      /:11: A list goes unseen into a command that destroys/,
      /:11: Nothing before `docker rm` names what it destroys/,
    ],
  },
  {
    hides: 'that before Engine 23 the same commands take named volumes',
    body: [
      'Prune removes what nothing uses. Named volumes are always left alone, unless you ask for volumes by `docker volume prune --all`.',
      '| Command | Removes |\n|---|---|\n| `docker system prune` | no volumes |\n| `docker system prune --volumes` | unused anonymous volumes, besides containers, networks and images |',
    ].join('\n\n'),
    said: [
      /:6: Nothing before `docker system prune --volumes` names what it destroys: before Engine 23 all unused volumes/,
    ],
  },
  {
    hides: 'that a mistyped volume name makes an empty backup without an error',
    body: [
      'Mount the volume into a small helper container together with a host directory, and pack it with `tar`.',
      fence(
        '$ docker stop app',
        '$ docker run --rm --volume data:/data:ro --volume "$(pwd)":/backup busybox \\',
        '    tar -C /data -czf /backup/data.tar.gz .',
        '$ docker start app',
      ),
      'Try the restore now, not on the day you need it.',
    ].join('\n\n'),
    said: [/:5: Nothing shows that this backup holds what it should\. List the archive/],
  },
  {
    hides: 'that the old container takes along what it wrote outside mounts',
    body: [
      'Rebuild the image on a fresh base and replace the container. Do not run `apt upgrade` in a running one.',
      fence(
        '$ docker build --pull --no-cache --tag my-app:2.0.1 .',
        '$ docker stop app && docker rm app',
        '$ docker run --detach --name app my-app:2.0.1',
      ),
    ].join('\n\n'),
    said: [/:5: Nothing before `docker rm` names what it destroys: the container with every file/],
  },
  {
    hides: 'that the first line overwrites the good dump with the present state, which the last one then restores',
    body: [
      'Restoring replaces: with `--clean` each table of the dump is deleted first, so what was written since is lost.',
      fence(
        '$ docker exec db pg_dump --username postgres --format custom app > app.dump',
        '$ docker exec -i db pg_restore --list < app.dump',
        '$ docker exec -i db pg_restore --username postgres --dbname app --clean --if-exists < app.dump',
      ),
    ].join('\n\n'),
    said: [/:6: The dump above overwrites "app\.dump" before this restores it/],
  },
  {
    hides: 'that a stop deletes the containers that were made with --rm',
    body: [
      'Give `docker stop` the list of running IDs. It stops every container of this engine, and keeps them.',
      fence('$ docker ps --quiet', '$ docker stop $(docker ps --quiet)'),
    ].join('\n\n'),
    said: [
      /:5: Nothing before `docker stop` names what it destroys: of a list, the containers that were made with --rm/,
    ],
  },
  {
    hides: 'that a replaced container takes along what it wrote outside mounts',
    body: [
      'Because `docker pull` only fetches an image; the container must be replaced.',
      'Use `docker compose up --detach`, which makes a new container if something has changed.',
    ].join('\n\n'),
    said: [/:3: "Use `docker compose up --detach`, .*" does not say: what the old container wrote/],
  },
];
