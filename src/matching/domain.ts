/** Words that speak of Docker, or of what the book is about. */
const docker =
  /docker|contain|\bimages?\b|volume|\blayers?\b|\bmount|compose|overlay|registr|\bbind\b|tmpfs|multi-?stage|distroless|alpine|\bprune|buildkit|oomkilled|\bcopy\b|--from|\bstages?\b|podman|\bbuilds?\b|redeploy|restart=|dangling|squash|union|\bfs\b|swarm|no space left|writable/;

/** Words that name the subject itself, which a foreign word beside them does not take away. */
const subject = /docker|container|image|volume/;

/** Words of other fields that share vocabulary with Docker: commits, branches, partitions, storage of phones. */
const foreign =
  /\bgit\b|subversion|github|\bpr\b|rebase|laptop|phone|wifi|password|terraform|ansible|\bjava\b|javascript|\bphp|\bsql\b|softmax|\blvm\b|\bext4\b|partition|microservices|weather|meeting|dinner|vacation|\bjokes?\b|wallpaper|windshield|business card/;

/**
 * Tells whether a question has words of Docker's world, and whether it is about something else.
 * @param text clean lower-case text
 */
export function readDomain(text: string): { readonly docker: boolean; readonly foreign: boolean } {
  return { docker: docker.test(text), foreign: foreign.test(text) && !subject.test(text) };
}
