/** A step as a script shows it. */
export interface ScriptStep {
  readonly title: string;
  readonly commands: readonly string[];
}

const header = `#!/bin/sh
# %TITLE%
# The commands of a Dockproof demo. It makes only objects whose names start with demo-, and removes them at the end.
set -u
base=\${BASE_IMAGE:-busybox:stable}
run=$(date +%s)-$$
folder=$(mktemp -d) && cd "$folder" || exit 1
made() {
  docker ps --all --quiet --filter name='^/?demo-'
  docker volume ls --quiet --filter name='^demo-'
  docker network ls --quiet --filter name='^demo-'
  docker images --quiet --filter reference='demo-*'
}
if [ -n "$(made)" ]; then
  echo 'Objects whose names start with demo- exist already. Remove or rename them first.' >&2
  exit 1
fi
clean_up() {
  docker ps --all --quiet --filter name='^/?demo-' | xargs -r docker rm --force --volumes > /dev/null
  docker volume ls --quiet --filter name='^demo-' | xargs -r docker volume rm > /dev/null
  docker network ls --quiet --filter name='^demo-' | xargs -r docker network rm > /dev/null
  docker images --format '{{.Repository}}:{{.Tag}}' --filter reference='demo-*' | xargs -r docker image rm --force > /dev/null
  # Images without a name that builds left, youngest first.
  docker images --all --quiet --filter label=dockproof.script="$run" | xargs -r docker image rm --force > /dev/null 2>&1
  cd / && rm -rf "$folder"
}
trap clean_up EXIT
docker build --quiet --network none --label dockproof.script="$run" --build-arg BASE="$base" --tag demo-base - << 'EOF' > /dev/null || exit 1
ARG BASE
FROM \${BASE}
USER 0:0
RUN mkdir -p /work /data /home/demo && chown 65534:65534 /work /data /home/demo
USER 65534:65534
WORKDIR /work
CMD ["sh"]
EOF`;

/**
 * Writes the "try it yourself" script of a demo: plain `docker` commands, step by step, with a clean-up.
 * `BASE_IMAGE` may name another image with a shell; busybox of Docker Hub is the default.
 * @returns a POSIX shell script
 */
export function toScript(title: string, steps: readonly ScriptStep[]): string {
  const body = steps.map(
    (step, index) => `echo '== ${index + 1}. ${step.title.replaceAll("'", "'\\''")}'\n${step.commands.join('\n')}`,
  );
  return `${[header.replace('%TITLE%', title), ...body].join('\n\n')}\n`;
}
