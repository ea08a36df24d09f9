import { schemaLanguage } from "../language.js";
import { parsePrisma } from "./parse.js";
import { visitorKeys } from "./syntax.js";

/** `.prisma` files, as ESLint lints them: `language: "hardening/prisma"`. */
export const { language: prisma, read: readPrismaText } = schemaLanguage(parsePrisma, visitorKeys);
