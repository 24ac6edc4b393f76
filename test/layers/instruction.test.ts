import { describe, expect, test } from 'vitest';
import { mayMakeLayer, readInstruction } from '../../src/layers/instruction.ts';

const text = (createdBy: string, comment = '') => readInstruction(createdBy, comment)?.text ?? null;

describe('the instruction that a person wrote', () => {
  test.each([
    ['/bin/sh -c #(nop)  CMD ["sh"]', 'CMD ["sh"]'],
    ['/bin/sh -c #(nop) WORKDIR /app', 'WORKDIR /app'],
    ['/bin/sh -c #(nop) ADD file:4f1c1e0ae2ac2b7e in / ', 'ADD … /'],
    ['/bin/sh -c #(nop) COPY multi:0fa3 in /app/ ', 'COPY … /app/'],
    ['/bin/sh -c apt-get update && apt-get install -y curl', 'RUN apt-get update && apt-get install -y curl'],
    ['/bin/bash -o pipefail -c curl x | tar x', 'RUN curl x | tar x'],
    ['|2 VERSION=1.2 NAME=a b /bin/sh -c make', 'RUN make'],
  ])('from the classic builder: %s', (createdBy, expected) => {
    expect(text(createdBy)).toBe(expected);
  });

  test.each([
    ['RUN /bin/sh -c npm ci # buildkit', 'RUN npm ci'],
    ['RUN |1 VERSION=3 /bin/sh -c make # buildkit', 'RUN make'],
    ['RUN /bin/bash -euxo pipefail -c make # buildkit', 'RUN make'],
    ['RUN echo "# buildkit" # buildkit', 'RUN echo "# buildkit"'],
    ['COPY . . # buildkit', 'COPY . .'],
    ['CMD ["node" "server.js"]', 'CMD ["node" "server.js"]'],
    ['RUN npm run build # buildkit', 'RUN npm run build'],
  ])('from BuildKit, without a second RUN: %s', (createdBy, expected) => {
    expect(text(createdBy)).toBe(expected);
  });

  test.each([
    ["Layer: 'jre', Created by buildpack: paketo-buildpacks/bellsoft-liberica@10.2.6"],
    ['Buildpacks Launcher Config'],
    ['jib-gradle-plugin:3.4.0'],
    ['crane append'],
  ])('of another tool stays as it is: %s', (createdBy) => {
    expect(text(createdBy)).toBe(createdBy);
  });

  test('is the comment where nothing else is said, and nothing where nothing is', () => {
    expect(text('', 'imported from -')).toBe('imported from -');
    expect(text('  ')).toBeNull();
  });
});

describe('values that look like secrets', () => {
  test.each([
    ['/bin/sh -c #(nop)  ENV API_TOKEN=hunter2 COLOUR=blue', 'ENV API_TOKEN=… COLOUR=blue', ['API_TOKEN']],
    ['ENV DB_PASSWORD="hunter2 and more"', 'ENV DB_PASSWORD=…', ['DB_PASSWORD']],
    ['ARG NPM_TOKEN=hunter2', 'ARG NPM_TOKEN=…', ['NPM_TOKEN']],
    ['RUN |2 NPM_TOKEN=hunter2 V=1 /bin/sh -c npm ci # buildkit', 'RUN npm ci', ['NPM_TOKEN']],
    ['|1 TOKEN=two words /bin/sh -c npm ci', 'RUN npm ci', ['TOKEN']],
    ['RUN git clone https://me:hunter2@example.org/x', 'RUN git clone https://…@example.org/x', []],
  ])('are not shown: %s', (createdBy, shown, secrets) => {
    expect(readInstruction(createdBy)).toEqual({ text: shown, secrets });
  });

  test.each(['ENV POSTGRES_PASSWORD_FILE=/run/secrets/pg', 'ENV PATH=/bin KEYBOARD=us', 'ARG NPM_TOKEN'])(
    'and nothing else is left out: %s',
    (createdBy) => {
      expect(readInstruction(createdBy)).toEqual({ text: createdBy, secrets: [] });
    },
  );
});

test('what can make a layer is told from what never does', () => {
  expect(
    ['RUN make', 'COPY . .', 'ADD x /', 'WORKDIR /app', 'Buildpacks Launcher Config', null].every(mayMakeLayer),
  ).toBe(true);
  expect(
    ['CMD ["sh"]', 'ENV A=b', 'LABEL a=b', 'USER 1', 'EXPOSE 80', 'VOLUME /x', 'ONBUILD RUN x'].some(mayMakeLayer),
  ).toBe(false);
});

test('a long hostile line takes no time that grows with its square', () => {
  const line = `RUN |999 ${'A=b '.repeat(50_000)}${'http://'.repeat(20_000)}`;
  expect(readInstruction(line)?.text.startsWith('RUN')).toBe(true);
});
