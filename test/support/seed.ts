import fc from "fast-check";

/**
 * A gate that draws other inputs each time fails for those who changed nothing. Here they are always the same; a file
 * run alone with `node --test` draws new ones.
 */
fc.configureGlobal({ seed: 20261122 });
