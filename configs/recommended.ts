import { preset } from "../src/preset.js";

/** What is worth stopping for in any app that has users. */
export default preset("recommended");
