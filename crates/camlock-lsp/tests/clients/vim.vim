" Vim opens policies with `camlock lsp` behind ALE, set up as the book says; fails where something does not
" arrive. Run with: vim --not-a-term -T dumb -Nu this file, the server in $CAMLOCK, a folder in $FOLDER.

set nomore noswapfile
packadd ale
let g:ale_disable_lsp = 0
let g:ale_linters_explicit = 1

" What the book says, with this very server.
let g:ale_linters = {'json': ['camlock'], 'terraform': ['camlock']}
for language in keys(g:ale_linters)
  call ale#linter#Define(language, {
        \ 'name': 'camlock', 'lsp': 'stdio', 'executable': $CAMLOCK, 'command': '%e lsp',
        \ 'project_root': {buffer -> fnamemodify(bufname(buffer), ':p:h')}})
endfor

function! Fail(what) abort
  call writefile([a:what], $FOLDER . '/vim.failed')
  cquit
endfunction

function! Wait(what, codes, line) abort
  for _ in range(600)
    for own in ale#engine#GetLoclist(bufnr(''))
      if own.lnum == a:line && get(own, 'code', '') ==# a:codes
        return
      endif
    endfor
    sleep 50m
  endfor
  call Fail('nothing came of: ' . a:what)
endfunction

function! Try() abort
  call writefile(['{', '    "Version": "2.0",', '    "statement": [', '    ]', '}'], $FOLDER . '/vim.json')
  execute 'edit' fnameescape($FOLDER . '/vim.json')
  set filetype=json
  call ale#Queue(0)
  call Wait('findings in JSON', 'CAM2006', 2)

  call writefile(['resource "tencentcloud_cam_policy" "a" {', '  document = <<-EOT',
        \ '    {"Version": "2.0",', '     "statement": [{"effect": "allow", "action": "*", "resource": "*"}]}',
        \ '  EOT', '}'], $FOLDER . '/vim.tf')
  execute 'edit' fnameescape($FOLDER . '/vim.tf')
  set filetype=terraform
  call ale#Queue(0)
  call Wait('findings in Terraform', 'CAM2006', 3)
  call writefile(['Vim and camlock lsp agree'], $FOLDER . '/vim.passed')
  qall!
endfunction

autocmd VimEnter * call Try()
