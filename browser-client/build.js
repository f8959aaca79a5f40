// The steps of the build, for package.json and pom.xml: node build.js <step>
import { spawnSync } from "node:child_process";
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";

const GENERATED = "target/generated";
const WEB = "target/web";
const GOLDEN = "../shared-protocol/golden";

const steps = {
  /** Installs what package-lock.json names, if that has changed. */
  async modules() {
    const installed = await stat("node_modules/.package-lock.json").catch(() => null);
    const locked = await stat("package-lock.json");
    if (installed === null || installed.mtimeMs < locked.mtimeMs) {
      run("npm", "ci", "--no-progress", "--loglevel=error");
    }
  },

  /** Writes the protocol's golden files as typed values, so that the compiler checks each. */
  async golden() {
    const lines = ['import type { ChannelMessageUnion, SignalMessageUnion } from "#protocol";', ""];
    for (const [family, type] of [
      ["signal", "SignalMessageUnion"],
      ["channel", "ChannelMessageUnion"],
    ]) {
      lines.push(`export const ${family} = {`);
      for (const file of (await readdir(join(GOLDEN, family))).sort()) {
        const text = (await readFile(join(GOLDEN, family, file), "utf8")).trim();
        lines.push(`${JSON.stringify(file)}: ${text} satisfies ${type},`);
      }
      lines.push("};", "");
    }
    await mkdir(GENERATED, { recursive: true });
    await writeFile(join(GENERATED, "golden.ts"), lines.join("\n"));
  },

  /** The files that the server serves. */
  async web() {
    const { build } = await import("esbuild");
    const common = {
      bundle: true,
      format: "esm",
      target: "es2022",
      minify: true,
      sourcemap: true,
      sourcesContent: true,
      logLevel: "warning",
    };
    await rm(WEB, { recursive: true, force: true });
    await build({ ...common, entryPoints: { farhand: "lib/index.ts" }, outdir: join(WEB, "lib") });
    await build({
      ...common,
      entryPoints: ["console/home.ts", "console/console.ts", "console/style.css"],
      // The console uses the library as any other page would.
      external: ["/lib/farhand.js", "*.svg"],
      outdir: join(WEB, "assets"),
    });
    await build({
      ...common,
      format: "iife",
      globalName: "rtcbot",
      entryPoints: ["rtcbot/rtcbot.ts"],
      outdir: WEB,
    });
    for (const page of ["index.html", "console.html"]) {
      await cp(join("console", page), join(WEB, page));
    }
    await cp("console/icon.svg", join(WEB, "assets/icon.svg"));
    const types = ["dts-bundle-generator", "--silent", "--no-banner", "-o"];
    run("npx", ...types, join(WEB, "lib/farhand.d.ts"), "lib/index.ts");
    const script = [join(WEB, "rtcbot.d.ts"), "rtcbot/rtcbot.ts", "--umd-module-name=rtcbot"];
    run("npx", ...types, ...script);
  },

  /** The tests as one script each, which node can run. */
  async tests() {
    const { build } = await import("esbuild");
    await rm("target/tests", { recursive: true, force: true });
    const files = (await readdir("test")).filter((file) => file.endsWith(".test.ts"));
    await build({
      bundle: true,
      format: "esm",
      platform: "node",
      target: "node18",
      sourcemap: "inline",
      logLevel: "warning",
      entryPoints: files.map((file) => join("test", file)),
      outdir: "target/tests",
      outExtension: { ".js": ".mjs" },
    });
  },
};

function run(command, ...args) {
  const { status, error } = spawnSync(command, args, { stdio: "inherit" });
  if (status !== 0) {
    throw new Error(`${command} ${args[0]} failed${error ? `: ${error.message}` : ""}`);
  }
}

const step = steps[process.argv[2]];
if (step === undefined) {
  throw new Error(`Usage: node build.js ${Object.keys(steps).join(" | ")}`);
}
await step();
