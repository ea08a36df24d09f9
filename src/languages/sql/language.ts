import { schemaLanguage } from "../language.js";
import { parseSql } from "./parse.js";
import { visitorKeys } from "./syntax.js";

/** `.sql` files, as ESLint lints them: `language: "hardening/sql"`. */
export const { language: sql, read: readSqlText } = schemaLanguage(parseSql, visitorKeys);
