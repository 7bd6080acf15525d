const LONGEST = 40;

/** A code for a name: its Latin letters and digits where it has some, else the word with the next free number. */
export function suggest(name: string, word: string, taken: readonly string[]): string {
  const latin = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_\d]+|_+$/g, '')
    .slice(0, LONGEST);
  if (latin.length > 1 && !taken.includes(latin)) return latin;
  const begun = latin.length > 1 ? `${latin}_` : word;
  let number = latin.length > 1 ? 2 : 1;
  while (taken.includes(`${begun}${number}`)) number += 1;
  return `${begun}${number}`;
}
