/** One built-in theme of each kind: what the panel must look right in. */
export interface Theme {
  /** The name for files: `dark`. */
  readonly kind: "dark" | "light" | "high-contrast" | "high-contrast-light";
  /** The value of `workbench.colorTheme`. */
  readonly name: string;
  /** What VS Code's theme list calls it. */
  readonly label: string;
  /** The class that the workbench then carries. */
  readonly workbenchClass: string;
}

export const themes: readonly Theme[] = [
  { kind: "dark", name: "Default Dark Modern", label: "Dark Modern", workbenchClass: "vs-dark" },
  { kind: "light", name: "Default Light Modern", label: "Light Modern", workbenchClass: "vs" },
  { kind: "high-contrast", name: "Default High Contrast", label: "Dark High Contrast", workbenchClass: "hc-black" },
  {
    kind: "high-contrast-light",
    name: "Default High Contrast Light",
    label: "Light High Contrast",
    workbenchClass: "hc-light",
  },
];
