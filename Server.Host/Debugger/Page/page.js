// The debugger's page. The server sends its state; each panel draws its part of it, and nothing is worked out here that
// the scheduler has not said.

import { liveFeed } from "./live.js";
import { recordedFeed } from "./recording.js";
import { Session } from "./session.js";
import { barPanel } from "./bar.js";
import { schedulerPanel } from "./scheduler.js";
import { sourcePanel } from "./source.js";
import { coroutinesPanel } from "./coroutines.js";
import { networkPanel } from "./network.js";
import { timelinePanel } from "./timeline.js";
import { logPanel } from "./log.js";
import { faultsPanel } from "./faults.js";
import { breakpointsPanel } from "./breakpoints.js";
import { listenToKeys } from "./keys.js";

const session = new Session();
const panels = [
  barPanel,
  schedulerPanel,
  sourcePanel,
  coroutinesPanel,
  networkPanel,
  timelinePanel,
  logPanel,
  faultsPanel,
  breakpointsPanel,
];
for (const panel of panels) session.draw(panel(session));
listenToKeys(session);
session.start((tell) => recordedFeed(document.getElementById("trace")) ?? liveFeed(tell));
