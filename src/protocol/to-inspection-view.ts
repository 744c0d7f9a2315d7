import type { Inspection } from "../runner/inspect/inspect-host.ts";
import type { InspectionView } from "./inspection-view.ts";
import { mapStrings, viewFailure, viewVerdict } from "./to-view.ts";

/** The only way from an inspection to anything that is seen: passphrases and a proxy's credentials are replaced here. */
export function toInspectionView(inspection: Inspection): InspectionView {
  const { id, startedAt, host, port, redactor, connection, timings, versions, notes } = inspection;
  const redact = <T>(value: T): T => mapStrings(value, (text) => redactor.redact(text));
  return {
    id,
    startedAt,
    host,
    port,
    failure: redact(viewFailure(inspection)),
    connection: redact(connection ?? null),
    timings,
    verdict: viewVerdict(connection),
    versions: versions.map(({ problem, ...probe }) => ({ ...probe, problem: redact(problem) })),
    notes: redact(notes),
  };
}
