import { codePreset } from "../src/preset.js";

/** `strict` for hosts that know no language but JavaScript: ESLint 8.57 and oxlint. */
export default codePreset("strict");
