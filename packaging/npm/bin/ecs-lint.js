#!/usr/bin/env node
// Runs the program of this platform, which is in a package of its own.
"use strict";

const { spawnSync } = require("node:child_process");
const { constants } = require("node:os");

// The packages that may fit, the best one first. The static program for musl runs on every Linux.
function candidates() {
  const name = `@ecs-lint/${process.platform}-${process.arch}`;
  if (process.platform !== "linux") return [name];
  const packages = [name, `${name}-musl`];
  return usesGlibc() ? packages : packages.reverse();
}

function usesGlibc() {
  process.report.excludeNetwork = true; // else it resolves the names of open connections
  return Boolean(process.report.getReport().header.glibcVersionRuntime);
}

function program() {
  const file = process.platform === "win32" ? "ecs-lint.exe" : "ecs-lint";
  for (const name of candidates()) {
    try {
      return require.resolve(`${name}/${file}`);
    } catch {
      // Not installed: the next one may be.
    }
  }
  console.error(
    `ecs-lint: none of ${candidates().join(", ")} is installed. Was it installed with --omit=optional ` +
      "or copied from another platform? Then install ecs-lint again; for other platforms, see " +
      "https://github.com/ecs-lint/ecs-lint#install",
  );
  process.exit(2);
}

const run = spawnSync(program(), process.argv.slice(2), { stdio: "inherit" });
if (run.error) {
  console.error(`ecs-lint: ${run.error.message}`);
  process.exit(2);
}
process.exit(run.signal ? 128 + constants.signals[run.signal] : run.status);
