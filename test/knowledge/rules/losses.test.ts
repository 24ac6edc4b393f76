import { describe, expect, test } from 'vitest';
import { faultsIn, shippedRules } from './body-faults.ts';

const console = (...lines: readonly string[]) => ['```console', ...lines, '```'].join('\n');
const losses = (body: string) => faultsIn(body).filter((fault) => /names what it destroys/.test(fault));

describe('a command that destroys', () => {
  test.each([
    ['in a fence', console('$ docker rm app')],
    ['in a list behind a number', `1. Replace it:\n\n   ${console('$ docker rm app').replaceAll('\n', '\n   ')}`],
    ['in prose', 'Then run `docker rm app` and go on.'],
    ['in a row of a table', '| state | next |\n|---|---|\n| exited | `docker rm app` |'],
    ['without "docker", as prose says it', 'The way out is `compose down`.'],
    ['under its long name', console('$ docker container rm app')],
    ['behind sudo and a global option', console('$ sudo docker --context nas rm app')],
    ['behind another command', console('$ docker stop app && docker rm app')],
    ['behind xargs', console('$ docker ps --all --quiet | xargs --no-run-if-empty docker rm')],
    ['on another host', console("$ ssh nas 'docker rm app'")],
    ['in a script', '```sh\ndocker rm app\n```'],
  ])('is refused where nothing names the loss: %s', (_, body) => {
    expect(losses(body)).not.toEqual([]);
  });

  test.each([
    ['before it', `The container is deleted with every file that it wrote.\n\n${console('$ docker rm app')}`],
    ['in a comment', console('$ docker rm app   # its files are gone')],
    ['in a comment above it', console('# deletes all that the container wrote', '$ docker rm app')],
    ['in the same sentence', '`docker rm app` deletes the container with its files.'],
    ['in the same paragraph', '`docker rm app` frees the name. What it wrote is gone.'],
    ['in the same row', '| command | container |\n|---|---|\n| `docker rm app` | gone, with its files |'],
  ])('passes where the loss is named %s', (_, body) => {
    expect(losses(body)).toEqual([]);
  });

  test('is refused where the loss is named after it, or in another section', () => {
    const after = `Replace it:\n\n${console('$ docker rm app')}\n\nThis deletes every file that the container wrote.`;
    const elsewhere = `This deletes every file that the container wrote.\n\n## Names\n\nFree the name:\n\n${console('$ docker rm app')}`;
    expect(losses(after)).toEqual([expect.stringMatching(/^some-entry\.md:4: /)]);
    expect(losses(elsewhere)).toEqual([expect.stringMatching(/^some-entry\.md:8: /)]);
  });

  test('needs each of its losses named', () => {
    const body = (loss: string) => `${loss}\n\n${console('$ docker system prune --all --volumes')}`;
    expect(losses(body('Unused images are deleted.'))).toHaveLength(3);
    expect(losses(body('Unused images and anonymous volumes are deleted, before Engine 23 all volumes.'))).toHaveLength(
      1,
    );
    const all =
      'Stopped containers are deleted with their files, and unused images. So are anonymous volumes, before Engine 23 all.';
    expect(losses(body(all))).toEqual([]);
  });

  test.each([
    ['what not to do', 'Never run `docker rm app` here.'],
    ['what does not happen', 'Nothing is lost without `docker rm app`.'],
    ['what somebody did', 'The network was removed, perhaps by `docker compose down`.'],
    ['how long something stays', 'It stays until `docker compose down`.'],
    ['what it says', '`docker rm app` complains that the container runs.'],
    ['what it keeps', '`docker service rm` keeps volumes.'],
    ['a container that the text itself made', console('$ docker create --name look my-app', '$ docker rm look')],
    ['the stop of one container', console('$ docker stop app')],
    ['a file in an image', '```dockerfile\nRUN rm -rf /var/lib/apt/lists\n```'],
    ['output of a command', console('$ docker image rm my-app # deletes the image', 'docker rm app')],
  ])('passes as %s', (_, body) => {
    expect(losses(body)).toEqual([]);
  });
});

test('what a row of a table names counts for that row only', () => {
  const table =
    '| command | deletes |\n|---|---|\n| `docker rm app` | the container with its files |\n| `docker compose down` | the same |';
  expect(losses(table)).toEqual([expect.stringMatching(/:4: Nothing before `docker compose down`/)]);
});

describe('advice that replaces or stops containers', () => {
  const advice = (body: string) => faultsIn(body).filter((fault) => /does not say/.test(fault));

  test.each([
    ['a sentence on Compose', 'Run `docker compose up -d`, which replaces the container.'],
    ['another word for it', 'Run `docker compose up -d`, which makes the container anew.'],
    ['a sentence the other way round', 'The container is recreated by `docker compose up`.'],
    ['a row', '| you do | container |\n|---|---|\n| `compose up` after a change | replaced |'],
    ["the engine's restart", 'Put it into `daemon.json` and restart the engine.'],
  ])('is refused without its loss: %s', (_, body) => {
    expect(advice(body)).toHaveLength(1);
  });

  test.each([
    [
      'a sentence on Compose',
      'Run `docker compose up -d`, which replaces the container; what the old one wrote outside of volumes is lost.',
    ],
    [
      'a row that says it',
      '| you do | container |\n|---|---|\n| `compose up` after a change | replaced, and lost with its files |',
    ],
    ["the engine's restart", 'Restart the engine, which stops running containers unless live restore is on.'],
    ['an update that replaces nothing', 'Run `docker compose up -d`: it starts what is not running.'],
  ])('passes with it: %s', (_, body) => {
    expect(advice(body)).toEqual([]);
  });
});

test.each([
  ['docker container prune', 'docker container prune'],
  ['docker image prune', 'docker image prune -a'],
  ['docker volume prune', 'docker volume prune'],
  ['docker network prune', 'docker network prune'],
  ['docker stop', 'docker stop $(docker ps --quiet)'],
  ['docker stop', 'docker kill $(docker ps --quiet)'],
  ['systemctl restart docker', 'sudo systemctl restart docker'],
  ['systemctl restart docker', 'sudo systemctl stop docker docker.socket'],
  ['docker builder prune', 'docker buildx prune'],
  ['docker system prune', 'docker system prune -f'],
  ['docker system prune --volumes', 'docker system prune -f --volumes'],
  ['docker image rm', 'docker rmi my-app'],
  ['docker volume rm', 'docker volume rm data'],
  ['docker rm --volumes', 'docker rm -fv app'],
  ['docker compose down', 'docker-compose -f a.yaml down'],
  ['docker compose down --volumes', 'docker compose --profile test down -v'],
  ['docker compose down --rmi', 'docker compose down --rmi all'],
  ['docker compose rm', 'docker compose rm'],
  ['docker compose up --yes', 'docker compose up -y'],
  ['docker compose up --renew-anon-volumes', 'docker compose up -V'],
  ['docker compose up --force-recreate', 'docker compose up --force-recreate'],
  ['docker compose up --remove-orphans', 'docker compose up --remove-orphans'],
  ['docker service rm', 'docker stack rm shop'],
  ['docker swarm leave', 'docker swarm leave'],
  ['docker buildx rm', 'docker buildx rm mine'],
  ['docker context rm', 'docker context rm nas'],
  ['docker plugin rm', 'docker plugin rm rclone'],
  ['truncate', 'sudo truncate -s 0 /var/log/app.log'],
  ['>', 'sudo sh -c "> /var/lib/docker/containers/1/1-json.log"'],
  ['>', 'echo > app.log'],
  ['dd', 'dd if=image of=/dev/sdb'],
  ['mkfs', 'sudo mkfs.ext4 /dev/nvme1n1'],
  ['rm --recursive', 'sudo rm -rf /var/lib/docker'],
  ['rm --recursive', 'docker run --rm --volume data:/v busybox rm -r /v/old'],
  ['rm --recursive', "docker exec app sh -c 'cd /data && rm -rf old'"],
  ['rsync --delete', 'rsync -a --delete a/ b/'],
  ['wsl --unregister', 'wsl --unregister docker-desktop'],
  ['pg_restore --clean', 'docker exec db pg_restore --clean app'],
  ['mongorestore --drop', 'mongorestore --drop'],
])('the table knows %s', (row, command) => {
  expect(losses(console(`$ ${command}`)).join('\n')).toContain(`\`${row}\``);
});

test('the table names only words that it has', () => {
  const { words, commands, advice } = shippedRules.destroying;
  const named = [...commands, ...advice].flatMap((row) => row.named);
  expect(new Set(named)).toEqual(new Set(Object.keys(words)));
});
