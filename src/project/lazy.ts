import { createRequire } from "node:module";

/** `require` for what is too heavy to load with the plugin; written with a literal name, so that tools see the dependency. */
export const require = createRequire(import.meta.url);

/**
 * Loads something at its first use.
 *
 * @returns a function that answers with what `load` gave, or `null` when loading failed. It is tried once.
 */
export function lazily<T>(load: () => T): () => T | null {
  let loaded: { value: T | null } | null = null;
  return () => {
    if (!loaded) {
      try {
        loaded = { value: load() };
      } catch {
        loaded = { value: null };
      }
    }
    return loaded.value;
  };
}
