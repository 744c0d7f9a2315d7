import { isConnection, isFailure, isNote, isTimings, isVerdictView } from "./exchange-shape.ts";
import type { InspectionView, VersionProbe } from "./inspection-view.ts";
import { arrayOf, isNumber, isString, nullable, oneOf, shape } from "./shape.ts";

const isVersion = shape<VersionProbe>({
  protocol: oneOf("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"),
  accepted: nullable(oneOf(true, false)),
  cipherSuite: nullable(isString),
  problem: nullable(isString),
});

export const isInspectionView = shape<InspectionView>({
  id: isString,
  startedAt: isString,
  host: isString,
  port: isNumber,
  failure: nullable(isFailure),
  connection: nullable(isConnection),
  timings: isTimings,
  verdict: isVerdictView,
  versions: arrayOf(isVersion),
  notes: arrayOf(isNote),
});
