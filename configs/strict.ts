import { preset } from "../src/preset.js";

/** What a senior engineer would want settled before the app grows. */
export default preset("strict");
