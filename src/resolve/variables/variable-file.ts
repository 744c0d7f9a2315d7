import type { RequestFile, VariableDefinition } from "../../syntax/index.ts";
import type { Locate } from "../places.ts";
import type { Definition, VariableFile } from "./definition.ts";

export function createVariableFile(file: RequestFile, shown: string, locate: Locate): VariableFile {
  const byName = new Map<string, VariableDefinition[]>();
  const all = file.blocks.flatMap((block) => block.variables).sort((a, b) => a.range.start - b.range.start);
  for (const definition of all) {
    const sameName = byName.get(definition.name.text);
    if (sameName) sameName.push(definition);
    else byName.set(definition.name.text, [definition]);
  }
  const self: VariableFile = {
    shown,
    names: byName.keys(),
    nearest: (name, from) => {
      const sameName = byName.get(name);
      const nearest = sameName?.findLast((definition) => definition.range.start < from) ?? sameName?.[0];
      return nearest && describe(nearest);
    },
  };
  const describe = (definition: VariableDefinition): Definition => {
    const { start } = definition.value.range;
    const place = (range: { start: number; end: number }) =>
      locate({ start: start + range.start, end: start + range.end });
    return {
      name: definition.name.text,
      text: definition.value.text,
      key: definition,
      context: { file: self, from: definition.range.start, place, without: [] },
      hasEscapes: true,
      isPrivate: false,
      provider: undefined,
    };
  };
  return self;
}
