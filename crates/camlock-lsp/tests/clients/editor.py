"""Talks to `camlock lsp` as an editor does, with a client that others wrote; fails where they and we disagree."""

import asyncio
import pathlib
import sys
import tempfile

from lsprotocol import types as lsp
from pygls.lsp.client import LanguageClient

POLICY = """{
    "Version": "2.0",
    "statement": [
        {"effect": "allow", "action": ["cos:getobject"], "resource": "*"}
    ]
}
"""

TERRAFORM = """resource "tencentcloud_cam_policy" "ops" {
  name     = "ops"
  document = <<-EOT
    {
      "Version": "2.0",
      "statement": [{"effect": "allow", "action": "cos:Get", "resource": "${var.bucket}"}]
    }
  EOT
}
"""


class Editor:
    """A client with one folder."""

    def __init__(self, server: str, encodings):
        self.server, self.encodings = server, encodings
        self.client = LanguageClient("test-editor", "1")
        self.published = asyncio.Queue()
        self.registered = []

        @self.client.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def publish(params):
            self.published.put_nowait(params)

        @self.client.feature(lsp.CLIENT_REGISTER_CAPABILITY)
        def register(params):
            self.registered.extend(own.method for own in params.registrations)

    async def start(self):
        await self.client.start_io(self.server, "lsp", "--stdio")
        capabilities = lsp.ClientCapabilities(
            general=lsp.GeneralClientCapabilities(position_encodings=self.encodings),
            workspace=lsp.WorkspaceClientCapabilities(
                workspace_edit=lsp.WorkspaceEditClientCapabilities(
                    document_changes=True, resource_operations=[lsp.ResourceOperationKind.Create]
                ),
                did_change_watched_files=lsp.DidChangeWatchedFilesClientCapabilities(
                    dynamic_registration=True
                ),
            ),
            text_document=lsp.TextDocumentClientCapabilities(
                completion=lsp.CompletionClientCapabilities(
                    completion_item=lsp.ClientCompletionItemOptions(snippet_support=True)
                ),
                hover=lsp.HoverClientCapabilities(content_format=[lsp.MarkupKind.Markdown]),
                document_symbol=lsp.DocumentSymbolClientCapabilities(
                    hierarchical_document_symbol_support=True
                ),
            ),
        )
        answer = await self.client.initialize_async(
            lsp.InitializeParams(capabilities=capabilities, process_id=None, root_uri=None)
        )
        self.client.initialized(lsp.InitializedParams())
        return answer.capabilities

    def open(self, path: pathlib.Path, text: str, language="json"):
        path.write_text(text, encoding="utf-8")
        self.uri = path.as_uri()
        document = lsp.TextDocumentItem(uri=self.uri, language_id=language, version=1, text=text)
        self.client.text_document_did_open(lsp.DidOpenTextDocumentParams(document))

    def change(self, version: int, start, end, text: str):
        place = lsp.Range(lsp.Position(*start), lsp.Position(*end))
        change = lsp.TextDocumentContentChangePartial(range=place, text=text)
        identifier = lsp.VersionedTextDocumentIdentifier(uri=self.uri, version=version)
        self.client.text_document_did_change(lsp.DidChangeTextDocumentParams(identifier, [change]))

    async def findings(self, version: int):
        """The findings of a version; those of older ones are passed over."""
        return {(own.code, own.range.start.line) for own in await self.diagnostics(version)}

    async def diagnostics(self, version: int):
        while True:
            params = await asyncio.wait_for(self.published.get(), 60)
            if params.uri == self.uri and params.version == version:
                return params.diagnostics

    async def actions(self):
        everywhere = lsp.Range(lsp.Position(0, 0), lsp.Position(99, 0))
        context = lsp.CodeActionContext(diagnostics=[])
        params = lsp.CodeActionParams(self.document(), everywhere, context)
        return await self.client.text_document_code_action_async(params)

    def document(self):
        return lsp.TextDocumentIdentifier(self.uri)

    async def stop(self) -> int:
        await self.client.shutdown_async(None)
        self.client.exit(None)
        process = self.client._server
        status = await asyncio.wait_for(process.wait(), 60)
        await self.client.stop()
        return status


async def embedded(editor: Editor, folder: pathlib.Path):
    """A policy in a heredoc of Terraform."""
    editor.open(folder / "main.tf", TERRAFORM, "terraform")
    assert ("CAM2006", 4) in await editor.findings(1)
    (fix,) = [own for own in await editor.actions() if own.is_preferred]
    (edit,) = fix.edit.changes[editor.uri]
    assert edit.range.start == lsp.Position(4, 6), edit
    assert "CAM2006" in fix.diagnostics[0].code and fix.diagnostics[0].code_description.href
    listed = await editor.client.text_document_completion_async(
        lsp.CompletionParams(editor.document(), lsp.Position(5, 58))
    )
    assert "cos:GetObject" in {own.label for own in listed.items}, listed


async def accepted(editor: Editor, folder: pathlib.Path):
    """A finding is accepted in settings that are not there yet, and is gone when they are saved."""
    (folder / ".git").mkdir()
    editor.open(folder / "accepted.json", POLICY.replace("Version", "version"))
    assert any(code == "CAM5003" for code, _ in await editor.findings(1))
    (accept,) = [own for own in await editor.actions() if own.title.startswith("accept CAM5003")]
    create, change = accept.edit.document_changes
    settings = folder / "camlock.toml"
    assert isinstance(create, lsp.CreateFile) and create.uri == settings.as_uri(), create
    assert change.text_document.version is None and len(change.edits) == 1, change
    settings.write_text(change.edits[0].new_text)
    assert "workspace/didChangeWatchedFiles" in editor.registered, editor.registered
    event = lsp.FileEvent(uri=settings.as_uri(), type=lsp.FileChangeType.Created)
    editor.client.workspace_did_change_watched_files(lsp.DidChangeWatchedFilesParams([event]))
    assert not any(code == "CAM5003" for code, _ in await editor.findings(1))
    settings.unlink()
    (folder / ".git").rmdir()


async def session(server: str, folder: pathlib.Path, encodings, encoding):
    editor = Editor(server, encodings)
    capabilities = await editor.start()
    assert capabilities.position_encoding == encoding, capabilities.position_encoding

    editor.open(folder / "read only.json", POLICY)
    found = await editor.findings(1)
    assert ("CAM2006", 1) in found and any(line == 3 for _, line in found), found

    hover = await editor.client.text_document_hover_async(
        lsp.HoverParams(editor.document(), lsp.Position(3, 44))
    )
    assert "`cos:GetObject` is" in hover.contents.value, hover
    assert "Catalogue of" in hover.contents.value, hover

    actions = await editor.actions()
    kinds = {own.kind for own in actions}
    assert {"quickfix", "source.fixAll.camlock"} <= kinds, kinds
    fix = next(own for own in actions if own.kind == "quickfix" and own.is_preferred)
    (edit,) = fix.edit.changes[editor.uri]
    assert edit.range.start.line == 1 and "version" in edit.new_text, edit

    # What is typed reaches the server in parts, and the last version has the last word.
    editor.change(2, (edit.range.start.line, edit.range.start.character),
                  (edit.range.end.line, edit.range.end.character), edit.new_text)
    editor.change(3, (3, 40), (3, 53), "cos:GetObject")
    found = await editor.findings(3)
    assert not any(line in (1,) or code.startswith("CAM5") for code, line in found), found

    editor.change(4, (3, 40), (3, 53), "cos:Get")
    listed = await editor.client.text_document_completion_async(
        lsp.CompletionParams(editor.document(), lsp.Position(3, 47))
    )
    labels = {own.label for own in listed.items}
    assert {"cos:GetObject", "cos:Get*"} <= labels, sorted(labels)[:20]

    editor.change(5, (3, 40), (3, 47), "cos:GetObject")
    edits = await editor.client.text_document_formatting_async(
        lsp.DocumentFormattingParams(editor.document(), lsp.FormattingOptions(4, True))
    )
    assert len(edits) == 1, edits
    symbols = await editor.client.text_document_document_symbol_async(
        lsp.DocumentSymbolParams(editor.document())
    )
    assert [own.name for own in symbols] == ["statement 1"], symbols
    folds = await editor.client.text_document_folding_range_async(
        lsp.FoldingRangeParams(editor.document())
    )
    assert [own.start_line for own in folds] == [0, 2], folds

    await embedded(editor, folder)
    await accepted(editor, folder)

    # Columns behind a character that takes two units of UTF-16 and four of UTF-8.
    editor.open(folder / "wide-policy.json", '{"sid": "𝄞", "oops": 1}')
    while True:
        params = await asyncio.wait_for(editor.published.get(), 60)
        if params.uri == editor.uri:
            break
    starts = {own.range.start.character for own in params.diagnostics}
    column = 16 if encoding == lsp.PositionEncodingKind.Utf8 else 14
    assert column in starts, (column, starts)

    editor.open(folder / "account.json", (pathlib.Path("examples/account.json")).read_text())
    symbols = await editor.client.text_document_document_symbol_async(
        lsp.DocumentSymbolParams(editor.document())
    )
    assert {"policies", "users"} <= {own.name for own in symbols}, symbols
    text = (folder / "account.json").read_text().splitlines()
    line = next(index for index, own in enumerate(text) if '"groups": ["' in own)
    column = text[line].index('"groups": ["') + len('"groups": ["')
    target = await editor.client.text_document_definition_async(
        lsp.DefinitionParams(editor.document(), lsp.Position(line, column + 1))
    )
    assert target is not None and target.uri == editor.uri, (text[line], target)

    editor.open(folder / "huge-policy.json", " " * (3 << 20))
    (refused,) = await editor.diagnostics(1)
    assert "longer than 2 MiB" in refused.message, refused

    status = await editor.stop()
    assert status == 0, status


async def main(server: str):
    utf8, utf16 = lsp.PositionEncodingKind.Utf8, lsp.PositionEncodingKind.Utf16
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        await session(server, folder, [utf8, utf16], utf8)
        await session(server, folder, None, utf16)
    print("an editor and camlock lsp agree")


asyncio.run(main(sys.argv[1]))
