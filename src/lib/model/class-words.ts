/** A class as a reader reads it: data sets write "crying_baby" for a crying baby. */
export function classWords(name: string): string {
  return name.replaceAll('_', ' ');
}
