import { concernPreset } from "../src/preset.js";

/** Tables and queries that the next feature can stand on. */
export default concernPreset("data-model");
