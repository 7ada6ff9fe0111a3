// Whatever listens in this process listens on this machine's own address alone.
"use strict";
const net = require("net");
const listen = net.Server.prototype.listen;

net.Server.prototype.listen = function (first, second, ...rest) {
  if (first !== null && typeof first === "object" && "port" in first) {
    return listen.call(this, { ...first, host: "127.0.0.1" }, second, ...rest);
  }
  if (typeof first === "number" || /^\d+$/.test(first)) {
    const more = typeof second === "string" ? rest : [second, ...rest];
    return listen.call(this, first, "127.0.0.1", ...more);
  }
  return listen.call(this, first, second, ...rest);
};
