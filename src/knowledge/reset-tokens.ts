/** Tokens of links that are mailed, what they let somebody do, and what ends them. Names are those of columns, in any spelling. */

/** Columns that hold such a token. */
export const tokenColumn =
  /^(?:(?:password|pass|pwd|account|email|user|login)_?)?(?:reset|forgot|recovery|verify|verification|magic(?:_?link)?|confirm|confirmation|activation)_?(?:password_?|email_?|account_?|login_?|pwd_?)?(?:token|code|hash|key)(?:_?hash)?$/i;

/** Tables of such tokens, and how their column is called there. */
export const tokenTable = /(?:reset|verification|magic|activation|recovery|confirmation)_?\w*?(?:token|code|link|request)s?$/i;
export const columnOfTable = /^(?:token|code|hash|token_?hash|hashed_?token|secret)$/i;

/** Columns that change when the token is used: a password, or that an address is its owner's. */
export const grantedColumn = /^(?:(?:hashed|encrypted)_?)?pass(?:word|wd)(?:_?(?:hash|digest))?$|^(?:is_?)?(?:email_?|account_?)?(?:verified|confirmed|activated)(?:_?at)?$|^(?:is_?)?email_?verified(?:_?at)?$/i;

/** Columns that say that a token has been used. */
export const usedColumn = /^(?:is_?)?(?:used|consumed|redeemed|revoked|invalidated|claimed|expired|expires|expires_?at|deleted)(?:_?at|_?on)?$|^status$/i;

/** Functions of the project that end a token, by what they are called. */
export const endsToken = /(?:delete|remove|invalidate|consume|revoke|clear|expire|destroy|burn|mark|redeem|cleanup|use)\w*(?:token|reset|verif|code|link|used)|unset/i;

/** Columns that tell when a token ends, or how old it is. */
export const timeColumn = /expir|valid_?(?:until|till|to|through)|until|ttl|deadline|created|issued|generated|requested|sent|timestamp|(?:_at|At)$/i;

/** What code has that asks how old something is. */
export const asksAge = /expir|valid_?(?:until|till)|created_?at|issued_?at|sent_?at|requested_?at|\bttl\b|is(?:Before|After|Past)|differenceIn|getTime\(\)|[<>]=?\s*(?:new Date|Date\.now)|(?:new Date\([^)]*\)|Date\.now\(\))\s*[-<>]|\bgte?\b|\$gte?/i;
