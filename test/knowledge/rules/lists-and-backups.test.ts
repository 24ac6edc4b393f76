import { describe, expect, test } from 'vitest';
import { faultsIn } from './body-faults.ts';

const console = (...lines: readonly string[]) => ['```console', ...lines, '```'].join('\n');
const about = (pattern: RegExp, body: string) => faultsIn(body).filter((fault) => pattern.test(fault));

describe('a list that feeds a destroying command', () => {
  const lists = (body: string) => about(/unseen/, `What they wrote is deleted.\n\n${body}`);
  const remove = '$ docker rm $(docker ps --all --quiet --filter status=exited)';

  test.each([
    ['nothing printed it', console(remove)],
    ['it was printed with another filter', console('$ docker ps --all --filter status=created', remove)],
    ['another kind was printed', console('$ docker volume ls --filter status=exited', remove)],
    ['it is printed afterwards', console(remove, '$ docker ps --all --filter status=exited')],
    ['it comes through a pipe', console('$ docker ps -aq --filter status=exited | xargs docker rm')],
    ['it comes through several', console('$ docker ps -a --filter status=exited | awk 1 | xargs -r docker rm')],
    ['it stands in prose', 'Run `docker rm $(docker ps -aq)`.'],
  ])('is refused where %s', (_, body) => {
    expect(lists(body)).toHaveLength(1);
  });

  test.each([
    ['was printed before', console('$ docker ps --all --filter status=exited', remove)],
    ['was printed under another name', console('$ docker container ls -a -f status=exited', remove)],
    ['was printed in prose before', `Look at \`docker ps --all --filter status=exited\`.\n\n${console(remove)}`],
    ['destroys nothing', console('$ docker update --restart no $(docker ps --quiet)')],
    ['stands in a warning', 'Never run `docker rm $(docker ps -aq)`.'],
  ])('passes where it %s', (_, body) => {
    expect(lists(body)).toEqual([]);
  });

  test('has filters by name anchored', () => {
    const by = (filter: string) =>
      about(
        /any part of a name/,
        console(`$ docker ps -a --filter ${filter}`, `$ docker rm $(docker ps -aq --filter ${filter})`),
      );
    expect(by('name=test')).toEqual([expect.stringContaining('Anchor it: name=^test')]);
    expect(by("'name=^test-'")).toEqual([]);
    expect(about(/any part/, console('$ docker ps --filter name=test'))).toEqual([]);
  });
});

describe('a backup', () => {
  const backups = (body: string) => about(/Nothing shows that this backup/, body);
  const tar = '$ docker run --rm -v data:/v:ro -v "$PWD":/b busybox tar -czf /b/data.tar.gz -C /v .';
  const dump = '$ docker exec db pg_dump --username postgres app > app.sql';

  test.each([
    ['an archive', console(tar)],
    ['an archive sent elsewhere', console('$ docker run --rm -v data:/v busybox tar -C /v -cf - . | ssh nas cat')],
    ['a copy', console('$ docker run --rm --volume data:/from --volume copy:/to busybox cp -a /from/. /to/')],
    ['a dump', console(dump)],
    ['a dump through a shell', console(`$ docker exec db sh -c 'exec mysqldump app' > app.sql`)],
  ])('is refused where nothing shows what is in %s', (_, body) => {
    expect(backups(body)).toHaveLength(1);
  });

  test.each([
    ['an archive is listed', console(tar, '$ tar -tzf data.tar.gz')],
    ['the volume is looked at first', console('$ docker volume inspect data', tar)],
    [
      'a copy is compared',
      console('$ docker run --rm -v data:/from -v b:/to busybox cp -a /from/. /to/', '$ diff -r a b'),
    ],
    ['a dump is listed', console(dump, '$ pg_restore --list app.sql')],
    ['the exit status counts', `${console(dump)}\n\nAn exit status other than 0 means that it failed.`],
    ['an archive is only unpacked', console('$ docker run --rm -v data:/v busybox tar -xzf /b/data.tar.gz')],
  ])('passes where %s', (_, body) => {
    expect(backups(body)).toEqual([]);
  });
});

describe('a dump and its restore', () => {
  const overwritten = (body: string) => about(/overwrites/, body);
  const restore = (file: string) => `$ docker exec -i db psql --username postgres app < ${file}`;
  const dump = (file: string) => `$ docker exec db pg_dump --username postgres app > ${file}`;

  test.each([
    ['PostgreSQL', console(dump('app.sql'), restore('app.sql'))],
    ['an archive', console(dump('app.dump'), '$ docker exec -i db pg_restore --dbname app <app.dump')],
    [
      'MySQL, through a shell',
      console(`$ docker exec db sh -c 'mysqldump app' > a.sql`, `$ docker exec -i db sh -c 'mysql app' < a.sql`),
    ],
    ['MongoDB', console('$ docker exec db mongodump --archive > a', '$ docker exec -i db mongorestore --archive < a')],
  ])('are refused where one fence writes and restores one file: %s', (_, body) => {
    expect(overwritten(body)).toEqual([expect.stringMatching(/^some-entry\.md:3: The dump above overwrites/)]);
  });

  test.each([
    ['have files of their own', console(dump('before.sql'), restore('app.sql'))],
    ['stand in fences of their own', `${console(dump('app.sql'))}\n\nTo restore:\n\n${console(restore('app.sql'))}`],
    ['are a dump and its list', console(dump('app.dump'), '$ docker exec -i db pg_restore --list < app.dump')],
    ['come in the other order', console(restore('app.sql'), dump('app.sql'))],
  ])('pass where they %s', (_, body) => {
    expect(overwritten(body)).toEqual([]);
  });
});
