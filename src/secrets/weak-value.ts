const fewestCharacters = 6;
const fewestDifferent = 4;

/**
 * A value of fewer than six characters, or of fewer than four different ones, blanks and NULs not counted, stands in ordinary
 * text by chance. Replaced everywhere it would garble the text, and give itself away by that: it is replaced only
 * where it is a whole field.
 */
export function isWeak(value: string): boolean {
  const characters = [...value.replace(/[\s\0]+/g, "")];
  return characters.length < fewestCharacters || new Set(characters).size < fewestDifferent;
}
