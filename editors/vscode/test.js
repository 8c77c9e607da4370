// Runs the extension with its real client against the real server, in place of VS Code a stand-in for its
// interface: node test.js, the server in $CAMLOCK. Fails where something does not arrive.
"use strict";

const assert = require("node:assert");
const fs = require("node:fs");
const Module = require("node:module");
const os = require("node:os");
const path = require("node:path");
const { createTextDocument, createVSCodeMock } = require("jest-mock-vscode");

/** A function of which the stand-in only wants that it can be replaced. */
function replaceable(own) {
    const called = (...args) => own?.(...args);
    called.mockImplementation = (other) => ((own = other), called);
    called.mockReturnValue = (value) => ((own = () => value), called);
    return called;
}

const vscode = createVSCodeMock({ fn: replaceable });
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "camlock-vscode-"));
const { Disposable, EventEmitter, Uri } = vscode;
const nothing = () => new Disposable(() => {});

// What the stand-in does not have, and what is watched here.
vscode.InlayHint ??= class {};
vscode.CancellationError ??= class extends Error {};
vscode.CodeActionTriggerKind ??= { Invoke: 1, Automatic: 2 };
vscode.Hover ??= class {
    constructor(contents) {
        this.contents = [contents].flat();
    }
};
vscode.CancellationTokenSource ??= class {
    token = { isCancellationRequested: false, onCancellationRequested: nothing };
    cancel() {}
    dispose() {}
};
vscode.env = { language: "en", appName: "test", uriScheme: "vscode" };
vscode.extensions = { getExtension: () => undefined, all: [] };
vscode.l10n = { t: (text) => text };

const opened = new EventEmitter();
const changed = new EventEmitter();
const workspace = { onDidOpenTextDocument: opened.event, onDidChangeTextDocument: changed.event };
const providers = {};
const published = new Map();
const watched = [];
Object.assign(workspace, {
    textDocuments: [],
    workspaceFolders: [{ uri: Uri.file(folder), name: "test", index: 0 }],
    getConfiguration: (section) => ({
        get: (name, preset) => (section === "camlock" && name === "path" ? process.env.CAMLOCK : preset),
    }),
    createFileSystemWatcher: (pattern) => {
        watched.push(typeof pattern === "string" ? pattern : pattern.pattern);
        return { onDidCreate: nothing, onDidChange: nothing, onDidDelete: nothing, dispose() {} };
    },
});
for (const name of Object.keys(vscode.workspace)) {
    if (name.startsWith("on")) workspace[name] ??= nothing;
}
for (const [name, own] of Object.entries(workspace)) {
    Object.defineProperty(vscode.workspace, name, { value: own, configurable: true });
}
for (const name of Object.keys(vscode.languages).filter((name) => name.startsWith("register"))) {
    vscode.languages[name] = (_, provider) => ((providers[name] ??= []).push(provider), nothing());
}
vscode.languages.match = (selector, document) =>
    [selector].flat().some((own) => own.language === document.languageId) ? 10 : 0;
vscode.languages.createDiagnosticCollection = () => ({
    set: (uri, diagnostics) => published.set(uri.toString(), diagnostics ?? []),
    delete: (uri) => published.delete(uri.toString()),
    clear: () => published.clear(),
    dispose() {},
});
vscode.window.createOutputChannel = () => ({ append() {}, appendLine() {}, show() {}, dispose() {} });
vscode.commands.registerCommand = nothing;

const load = Module._load;
Module._load = function (name, ...rest) {
    return name === "vscode" ? vscode : load.call(this, name, ...rest);
};
const extension = require("./extension.js");
const manifest = require("./package.json");

const TERRAFORM = `resource "tencentcloud_cam_policy" "ops" {
  document = <<-EOT
    {"Version": "2.0",
     "statement": [{"effect": "allow", "action": "cos:getobject", "resource": "*"}]}
  EOT
}
`;

async function until(what, condition) {
    for (let round = 0; round < 600; round++) {
        const found = condition();
        if (found) return found;
        await new Promise((go) => setTimeout(go, 50));
    }
    throw new Error(`nothing came of: ${what}`);
}

async function main() {
    const activated = manifest.activationEvents.map((event) => event.replace("onLanguage:", ""));
    assert.deepStrictEqual(activated, extension.LANGUAGES);
    const client = await extension.activate({ subscriptions: [] });
    await until("watchers", () => watched.includes("**/camlock.toml"));

    const document = createTextDocument(Uri.file(path.join(folder, "main.tf")), TERRAFORM, "terraform");
    workspace.textDocuments.push(document);
    opened.fire(document);
    const uri = document.uri.toString();
    const findings = await until("findings", () => published.get(uri)?.length && published.get(uri));
    const found = findings.find((own) => (own.code.value ?? own.code) === "CAM2006");
    assert.deepStrictEqual([found.range.start.line, found.range.start.character], [2, 5]);
    assert.match(found.code.target.toString(), /rules\/.*\.md$/);

    // VS Code has no language for templates of its own, so the extension brings one.
    const [template] = manifest.contributes.languages;
    assert.deepStrictEqual(template.extensions, [".tftpl"]);
    const policy = createTextDocument(
        Uri.file(path.join(folder, "bucket.json.tftpl")),
        '{"Version": "2.0", "statement": {"effect": "deny", "action": "cos:*", "resource": "${name}"}}',
        template.id,
    );
    workspace.textDocuments.push(policy);
    opened.fire(policy);
    const ofTemplate = await until("findings of a template", () => published.get(policy.uri.toString()));
    assert.ok(ofTemplate.some((own) => (own.code.value ?? own.code) === "CAM2006"));

    const place = new vscode.Position(3, 55);
    const { token } = new vscode.CancellationTokenSource();
    const [hovers] = providers.registerHoverProvider;
    const hover = await hovers.provideHover(document, place, token);
    assert.match(hover.contents[0].value, /cos:GetObject/);
    const [completions] = providers.registerCompletionItemProvider;
    const { items } = await completions.provideCompletionItems(document, place, token, {});
    assert.ok(items.some((item) => item.label === "cos:GetObject"));
    const [actions] = providers.registerCodeActionsProvider;
    const context = { diagnostics: [found], triggerKind: 1 };
    const offered = await actions.provideCodeActions(document, found.range, context, token);
    const titles = offered.map((own) => own.title);
    assert.ok(offered.some((own) => own.isPreferred), titles.join("\n"));
    assert.ok(titles.some((own) => own.startsWith("accept CAM2006")), titles.join("\n"));

    await extension.deactivate();
    assert.ok(!client.isRunning());
}

main()
    .then(
        () => console.log("the extension and camlock lsp agree"),
        (error) => ((process.exitCode = 1), console.error(error)),
    )
    .finally(() => fs.rmSync(folder, { recursive: true }))
    .finally(() => process.exit());
