/** Names that programs give to files with keys, passwords and tokens. The whole name must match. */
const secretFiles: readonly RegExp[] = [
  /^id_(?:rsa|dsa|ecdsa|ecdsa_sk|ed25519|ed25519_sk)$/,
  /^\.env(?:\.(?!example$|sample$|template$|dist$|defaults$)[\w-]+)*$/,
  /^\.(?:npmrc|pypirc|netrc|pgpass|my\.cnf|git-credentials|dockercfg|vault-token|htpasswd|s3cfg|boto)$/,
  /^(?:credentials|secrets?|service[-_]?account[\w-]*)\.(?:json|ya?ml|toml|ini|properties)$/i,
  /^[\w.-]*(?:private|priv)[-_.]?key[\w.-]*\.(?:pem|der|asc|gpg)$/i,
  /^(?:privkey|server|client|tls|ssl|ca)?[-_.]?key\.pem$/i,
  /^[\w.-]+\.(?:p12|pfx|jks|keystore|kdbx|ppk)$/i,
  /^(?:terraform\.tfstate(?:\.backup)?|\.terraformrc|kubeconfig|master\.key|recovery\.key)$/,
];

/** A key beside a certificate; libraries ship such names as modules and as test data, hence where they are not. */
const keyFile = /^[\w.-]+\.key$/i;

/** Two last names of a path that only together say something. */
const secretPaths =
  /\/(?:\.aws\/credentials|\.docker\/config\.json|\.kube\/config|\.config\/gcloud\/[\w.-]*credentials[\w.-]*|\.ssh\/[\w-]+_key)$/;

/** What packages bring: test data, documentation, keys that everybody has. */
const harmless =
  /\/(?:tests?|testdata|fixtures?|examples?|docs?|node_modules|site-packages|dist-packages|gems|usr\/share|usr\/lib|usr\/local\/lib|usr\/local\/go|etc\/ssl\/certs|etc\/apk\/keys|etc\/apt)\//;

/** What all of the names above have in common: most names of an image are told by this alone. */
const hint = /key|env|rc$|cred|secret|account|^id_|config|token|pass|cfg|cnf|boto|tfstate|\.(?:p12|pfx|jks|kdbx|ppk)$/i;

/**
 * Tells whether a file's path looks like that of a secret. It is a guess by the name alone: what is in the file is not
 * looked at.
 * @param name the path's last part
 * @param pathOf gives the whole path, absolute; only called where the name gives reason to
 */
export function looksLikeSecret(name: string, pathOf: () => string): boolean {
  if (!hint.test(name)) return false;
  const path = pathOf();
  if (harmless.test(path)) return false;
  return secretPaths.test(path) || keyFile.test(name) || secretFiles.some((pattern) => pattern.test(name));
}
