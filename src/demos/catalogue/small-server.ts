/**
 * Starts a server that says hello, in a container that may write to its filesystem, and returns once it listens.
 * @param on a port, or an address and a port
 */
export function serve(on: string): string {
  return `echo hello > index.html; httpd -p ${on} -h . 2>&1 | sed 's/.*: //'`;
}

/** Calls such a server, and prints what it says, or why it does not: for example `hello`, or `Connection refused`. */
export function call(host: string, port = 8080): string {
  return `printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc -w 1 ${host} ${port} 2>&1 | sed -n '$s/.*: //;$p'`;
}

/** Calls it, and prints what it says, or `no answer` for whatever reason. */
export function callOrNot(host: string, port = 8080): string {
  return `{ printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc -w 1 ${host} ${port} || echo 'no answer'; } 2> /dev/null | tail -n 1`;
}

/** Prints the address to which a name leads, as a call to a port says it on which nothing listens. */
export function lookUp(name: string): string {
  return `nc -w 1 ${name} 9 2>&1 | sed -n 's/.*(\\(.*\\)).*/\\1/p'`;
}
