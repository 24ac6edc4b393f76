/** What a registry asks for before it answers (https://distribution.github.io/distribution/spec/auth/token/). */
export type Challenge =
  | { readonly scheme: 'basic' }
  | {
      readonly scheme: 'bearer';
      readonly realm: string;
      readonly service: string | null;
      readonly scope: string | null;
    };

/** Characters of a header that are read. */
const longest = 4096;

/**
 * Reads a header `WWW-Authenticate`; of several challenges a token is preferred.
 * @returns null where it asks for neither a token nor a password
 */
export function readChallenge(header: string): Challenge | null {
  const text = header.slice(0, longest);
  const bearer = /(?:^|,)\s*bearer\s+/i.exec(text);
  if (bearer) {
    const values = new Map(
      [...text.slice(bearer.index + bearer[0].length).matchAll(/([a-z]+)\s*=\s*(?:"([^"]*)"|([^\s",]+))/gi)].map(
        ([, name = '', quoted, bare]) => [name.toLowerCase(), quoted ?? bare ?? ''],
      ),
    );
    const realm = values.get('realm');
    if (realm !== undefined)
      return { scheme: 'bearer', realm, service: values.get('service') ?? null, scope: values.get('scope') ?? null };
  }
  return /(?:^|,)\s*basic\b/i.test(text) ? { scheme: 'basic' } : null;
}
