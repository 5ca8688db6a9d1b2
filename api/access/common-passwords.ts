// Passwords that guessers try first, in lower case: whole ones, and words that do not become good by digits after them.

export const COMMON_PASSWORDS: ReadonlySet<string> = new Set(
  `123456789012 1234567890123 12345678901234 123456789012345 012345678901 111111111111 000000000000 121212121212 123123123123
  112233445566 123456123456 qwertyuiop qwertyuiopå qwertyuiopas qwertyuiop12 qwertyuiop123 qwerty123456 qwertyqwerty asdfghjkl
  asdfghjklöä asdfasdfasdf zxcvbnmzxcvbnm qazwsxedcrfv qazwsxedc 1qaz2wsx3edc 1q2w3e4r5t6y q1w2e3r4t5y6 abcdefghijkl abcdefghijklmnop
  abc123abc123 abcd1234abcd password passwordpassword passw0rdpassw0rd password1234 password12345 password123456 mypassword mypassword123
  thisismypassword letmein letmeinletmein letmeinplease iloveyou iloveyouiloveyou iloveyou1234 welcome welcomewelcome welcome12345
  welcometohell administrator administrator1 adminadmin adminadminadmin admin1234567 adminpassword rootrootroot changeme changemechangeme
  changeme1234 changemeplease secret secretsecret topsecret topsecret123 sunshine sunshinesunshine princess princessprincess football
  footballfootball baseball superman batmanbatman dragondragon monkeymonkey shadow masterkey trustno1trustno1 default defaultpassword
  testtesttest testpassword test12345678 guestguestguest useruseruser samtila samtilasamtila samtila12345 salasana salasanasalasana
  salasana1234 salasana12345 salasana123456 minunsalasana salainen salainensalainen kissakissa koirakoira perkele perkeleperkele
  suomifinland suomisuomi helsinki helsinkihelsinki kuusamo virastotalo lösenord lösenordlösenord lösenord1234 losenord losenord1234
  hemligt hemligthemligt sommar2026 kesa2026 talvi2026 syksy2026 kevat2026 correcthorsebatterystaple correct-horse-battery-staple
  starwarsstarwars pokemonpokemon computer internet internetinternet whatever whateverwhatever freedom michael jennifer charlie`
    .split(/\s+/)
    .filter((word) => word !== ''),
)
