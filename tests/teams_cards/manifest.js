// A manifest on standard input; on standard output what Microsoft's schema of its version says of it.
"use strict";
const Ajv = require("ajv-draft-04");
const formats = require("ajv-formats");
const path = require("path");

const given = JSON.parse(require("fs").readFileSync(0, "utf8"));
const schemas = path.join(__dirname, "node_modules/@microsoft/app-manifest/build/json-schemas/teams");
const file = path.join(schemas, `v${given.manifestVersion}`, "MicrosoftTeams.schema.json");
const ajv = new Ajv({ strict: false, allErrors: true });
formats(ajv);
const validate = ajv.compile(require(file));
validate(given);
process.stdout.write(JSON.stringify(validate.errors || []));
