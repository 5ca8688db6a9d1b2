// Claim codes as people read and type them: 14 random characters and a check character, without look-alikes, in groups of five.

/** No 0 and O, no 1, I and L: 31 characters. A prime, so that the check finds every single wrong and every swapped character. */
export const CLAIM_ALPHABET = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
/** 31^14 codes are 69 bits. */
export const CLAIM_RANDOM_CHARACTERS = 14
const LENGTH = CLAIM_RANDOM_CHARACTERS + 1
const GROUP = 5

/** Code from 14 random numbers, each 0 to 30. */
export const claimCodeOf = (random: readonly number[]): string => {
  const characters = random.map((value) => CLAIM_ALPHABET[value] ?? '').join('')
  return characters + checkCharacter(characters)
}

/** `23456789ABCDEFG` as `23456-789AB-CDEFG`. */
export const formatClaimCode = (code: string): string => code.match(new RegExp(`.{1,${GROUP}}`, 'g'))?.join('-') ?? ''

/**
 * The code in what somebody typed or scanned: small letters, spaces, hyphens and the whole address of a label are fine.
 * Else why it is none: too short or long, a character that no code has, or the check character does not fit.
 */
export const readClaimCode = (
  text: string,
): { ok: true; code: string } | { ok: false; reason: 'wrong-length' | 'wrong-character' | 'wrong-check' } => {
  const bare = text.replace(/^\s*https?:\/\/[^\s]*\/c\//i, '').replace(/[?#].*$/s, '')
  const code = bare.replace(/[\s-]/g, '').toUpperCase()
  if (code.length !== LENGTH) return { ok: false, reason: 'wrong-length' }
  if (Array.from(code).some((character) => !CLAIM_ALPHABET.includes(character)))
    return { ok: false, reason: 'wrong-character' }
  return checkCharacter(code.slice(0, -1)) === code.at(-1) ? { ok: true, code } : { ok: false, reason: 'wrong-check' }
}

/** The sum of all values, each by its place, is a multiple of 31. */
const checkCharacter = (characters: string): string => {
  const sum = Array.from(characters).reduce(
    (total, character, index) => total + (index + 1) * CLAIM_ALPHABET.indexOf(character),
    0,
  )
  const prime = CLAIM_ALPHABET.length
  // Solves sum + LENGTH × check ≡ 0 (mod 31).
  for (let check = 0; check < prime; check++)
    if ((sum + LENGTH * check) % prime === 0) return CLAIM_ALPHABET[check] ?? ''
  return ''
}
