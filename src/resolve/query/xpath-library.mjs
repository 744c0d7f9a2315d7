// The library's own types bring those of a browser into every file of the program: they are in xpath-library.d.mts instead.
export { selectWithResolver } from "xpath";
