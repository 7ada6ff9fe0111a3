// Cards by name on standard input; on standard output what Microsoft's parser has to say of each.
"use strict";
const AC = require("adaptivecards/dist/adaptivecards.js");

const said = {};
for (const [name, given] of Object.entries(JSON.parse(require("fs").readFileSync(0, "utf8")))) {
  const context = new AC.SerializationContext(AC.Versions.v1_5);
  const card = new AC.AdaptiveCard();
  card.hostConfig = new AC.HostConfig({ actions: { maxActions: 6 } });
  card.parse(given, context);
  const parsed = Array.from({ length: context.eventCount }, (_, n) => context.getEventAt(n));
  const validated = card.validateProperties().validationEvents;
  said[name] = [...parsed, ...validated].map((event) => event.message);
}
process.stdout.write(JSON.stringify(said));
