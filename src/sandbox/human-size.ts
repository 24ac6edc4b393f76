const units = ['B', 'kB', 'MB', 'GB', 'TB'];

/**
 * Writes a number of bytes as the Docker client does: decimal units, no zeros at the end
 * (https://pkg.go.dev/github.com/docker/go-units#HumanSizeWithPrecision).
 * @param digits how many significant digits
 */
export function humanSize(bytes: number, digits: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${Number(value.toPrecision(digits))}${units[unit]}`;
}
