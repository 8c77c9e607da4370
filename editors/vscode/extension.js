// Starts `camlock lsp` for the files that may hold policies.
"use strict";

const { commands, workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

const LANGUAGES = ["json", "jsonc", "terraform", "hcl", "markdown", "yaml", "tftpl"];

let client;

async function start() {
    const command = workspace.getConfiguration("camlock").get("path") || "camlock";
    const server = { command, args: ["lsp"] };
    const documentSelector = LANGUAGES.flatMap((language) => [
        { scheme: "file", language },
        { scheme: "untitled", language },
    ]);
    // Changed files are watched as the server asks for it.
    client = new LanguageClient("camlock", "Camlock", server, { documentSelector });
    await client.start();
    return client;
}

async function stop() {
    const running = client;
    client = undefined;
    // One that did not start has nothing to stop.
    if (running?.isRunning()) await running.stop();
}

async function activate(context) {
    const restart = async () => {
        await stop();
        return start();
    };
    context.subscriptions.push(
        commands.registerCommand("camlock.restart", restart),
        workspace.onDidChangeConfiguration((event) => {
            if (event.affectsConfiguration("camlock.path")) return restart();
        }),
    );
    return start();
}

module.exports = { activate, deactivate: stop, LANGUAGES };
