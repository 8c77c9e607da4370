;;; Emacs opens a policy with `camlock lsp' behind Eglot, set up as the book says; fails where something
;;; does not arrive.  Run with: emacs --batch -l this file, the server in $CAMLOCK, a folder in $FOLDER.

(package-initialize)
(require 'eglot)
(require 'json)

(defun wait (what condition)
  "Wait until CONDITION holds; fail with WHAT after half a minute."
  (let ((end (+ (float-time) 30)))
    (while (and (not (funcall condition)) (< (float-time) end))
      (accept-process-output nil 0.05))
    (unless (funcall condition) (error "Nothing came of: %s" what))))

;; What the book says, with this very server.
(add-to-list 'eglot-server-programs
             `((js-mode js-json-mode json-mode terraform-mode yaml-mode markdown-mode) . (,(getenv "CAMLOCK") "lsp")))

(defconst policy
  (concat "{\n"
          "    \"Version\": \"2.0\",\n"
          "    \"statement\": [\n"
          "        {\"effect\": \"allow\", \"action\": [\"cos:getobject\"], \"resource\": \"*\"}\n"
          "    ]\n"
          "}\n"))

(let ((file (expand-file-name "emacs.json" (getenv "FOLDER")))
      (eglot-sync-connect 30)
      (eglot-autoshutdown nil))
  (write-region policy nil file nil 'quiet)
  (find-file file)
  (when (fboundp 'js-json-mode) (js-json-mode))
  (apply #'eglot (eglot--guess-contact))
  (flymake-start)
  (let ((codes (lambda ()
                 (flymake-start)
                 (mapconcat #'flymake-diagnostic-text (flymake-diagnostics) "\n"))))
    (wait "findings" (lambda () (string-match-p "Version" (funcall codes))))
    (goto-char (point-min))
    (search-forward "cos:get")
    (let ((hover (jsonrpc-request (eglot--current-server-or-lose) :textDocument/hover
                                  (eglot--TextDocumentPositionParams))))
      (unless (string-match-p "cos:GetObject" (plist-get (plist-get hover :contents) :value))
        (error "No hover: %S" hover)))
    (let* ((table (nth 2 (eglot-completion-at-point)))
           (all (all-completions "" table)))
      (unless (member "cos:GetObject" all) (error "No completions: %S" all)))
    ;; The repair that is offered for the element is carried out, and the finding is gone.
    (goto-char (point-min))
    (search-forward "Vers")
    (let* ((actions (eglot-code-actions (line-beginning-position) (line-end-position) "quickfix"))
           (fix (seq-find (lambda (own) (eq (plist-get own :isPreferred) t)) (append actions nil))))
      (unless fix (error "No repair: %S" actions))
      (eglot--apply-workspace-edit (plist-get fix :edit))
      ;; Changes are sent when Emacs has nothing else to do, which it never has without a screen.
      (eglot--signal-textDocument/didChange))
    (wait "the repaired text" (lambda () (not (string-match-p "`Version`" (funcall codes)))))
    (eglot-format-buffer)
    (goto-char (point-min))
    (unless (search-forward "\n            \"effect\": \"allow\",\n" nil t)
      (error "Not laid out: %s" (buffer-string))))
  (set-buffer-modified-p nil)
  (eglot-shutdown (eglot--current-server-or-lose)))
(princ "Emacs and camlock lsp agree\n")
