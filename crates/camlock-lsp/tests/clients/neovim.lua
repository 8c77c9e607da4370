-- Neovim itself opens a policy with `camlock lsp` behind it; fails where something does not arrive.
-- Run with: nvim --headless --clean -u NONE -l or -S this file, the server in $CAMLOCK, a folder in $FOLDER.

local function fail(what)
  io.stderr:write(what .. "\n")
  vim.cmd("cquit 1")
end

local function wait(what, condition)
  if not vim.wait(30000, condition, 20) then fail("nothing came of: " .. what) end
end

local path = vim.env.FOLDER .. "/read.json"
vim.fn.writefile({
  "{",
  '    "Version": "2.0",',
  '    "statement": [',
  '        {"effect": "allow", "action": ["cos:getobject"], "resource": "*"}',
  "    ]",
  "}",
}, path)
vim.o.hidden = true

-- What the book says, with this very server.
local id
vim.api.nvim_create_autocmd("FileType", {
  pattern = { "json", "jsonc", "terraform", "hcl", "markdown", "yaml" },
  callback = function(event)
    id = id or vim.lsp.start_client({ name = "camlock", cmd = { vim.env.CAMLOCK, "lsp" }, root_dir = vim.fn.getcwd() })
    if id then vim.lsp.buf_attach_client(event.buf, id) end
  end,
})

vim.cmd("edit " .. vim.fn.fnameescape(path))
local buffer = vim.api.nvim_get_current_buf()
vim.bo[buffer].filetype = "json"
if not id then fail("the client does not start") end

local function codes()
  local all = {}
  for _, own in ipairs(vim.diagnostic.get(buffer)) do all[own.code] = own.lnum end
  return all
end

wait("findings", function() return codes().CAM2006 == 1 end)

local function ask(method, line, column)
  local params = { textDocument = { uri = vim.uri_from_bufnr(buffer) }, position = { line = line, character = column } }
  if method == "textDocument/formatting" then params = { textDocument = params.textDocument, options = { tabSize = 4, insertSpaces = true } } end
  local answers = vim.lsp.buf_request_sync(buffer, method, params, 30000)
  return answers and answers[id] and answers[id].result
end

local hover = ask("textDocument/hover", 3, 45)
if not (hover and hover.contents.value:find("cos:GetObject", 1, true)) then fail("no hover") end
local completion = ask("textDocument/completion", 3, 44)
if not (completion and #completion.items > 10) then fail("no completions") end

-- Typing reaches the server as changes of parts.
vim.api.nvim_buf_set_text(buffer, 1, 5, 1, 6, { "v" })
vim.api.nvim_buf_set_text(buffer, 3, 40, 3, 53, { "cos:GetObject" })
wait("the repaired text", function() return codes().CAM2006 == nil and codes().CAM5003 == nil end)

local edits = ask("textDocument/formatting")
vim.lsp.util.apply_text_edits(edits, buffer, vim.lsp.get_client_by_id(id).offset_encoding)
local text = table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, false), "\n")
if not text:find('\n            "effect": "allow",\n', 1, true) then fail("not laid out:\n" .. text) end

-- The same server, a policy in a heredoc of Terraform.
local terraform = vim.env.FOLDER .. "/main.tf"
vim.fn.writefile({
  'resource "tencentcloud_cam_policy" "ops" {',
  "  document = <<-EOT",
  '    {"Version": "2.0",',
  '     "statement": [{"effect": "allow", "action": "cos:getobject", "resource": "*"}]}',
  "  EOT",
  "}",
}, terraform)
vim.cmd("edit " .. vim.fn.fnameescape(terraform))
buffer = vim.api.nvim_get_current_buf()
vim.bo[buffer].filetype = "terraform"
wait("findings in Terraform", function() return codes().CAM2006 == 2 and codes().CAM5003 == 3 end)
local inner = ask("textDocument/completion", 3, 54)
if not (inner and #inner.items > 10) then fail("no completions in Terraform") end

vim.lsp.stop_client(id)
wait("the end", function() return vim.lsp.get_client_by_id(id) == nil or vim.lsp.get_client_by_id(id).is_stopped() end)
io.stdout:write("Neovim and camlock lsp agree\n")
vim.cmd("qall!")
