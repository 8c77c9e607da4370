"""An organization of WeCom linked to a local CAM, with Tencent's own SDK and a simulator of WeCom.

usage: wecom.py PROGRAM SIMULATOR
"""

import json
import re
import subprocess
import sys
import tempfile
import urllib.request

from tencentcloud.common import credential
from tencentcloud.common.common_client import CommonClient
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile

VERSIONS = {"cam": "2019-01-16", "sts": "2018-08-13", "wecom": "2021-07-09"}
checks = 0


def check(condition, what):
    global checks
    checks += 1
    if not condition:
        raise SystemExit(f"FAILED: {what}")


def http(address, body=None, headers=None):
    data = None if body is None else json.dumps(body).encode()
    headers = {"Content-Type": "application/json", **(headers or {})}
    request = urllib.request.Request(address, data=data, headers=headers)
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


class Account:
    def __init__(self, port):
        self.port = port

    def call(self, pair, service, action, **parameters):
        profile = ClientProfile(httpProfile=HttpProfile(protocol="http", endpoint=f"127.0.0.1:{self.port}"))
        own = credential.Credential(*pair)
        client = CommonClient(service, VERSIONS[service], own, "ap-guangzhou", profile=profile)
        return client.call_json(action, parameters)["Response"]

    def refused(self, code, pair, service, action, **parameters):
        try:
            answer = self.call(pair, service, action, **parameters)
        except TencentCloudSDKException as error:
            check(error.code == code, f"{action}: {error.code} instead of {code}: {error.message}")
            return error.message
        raise SystemExit(f"FAILED: {action} {parameters} was answered: {answer}")

    def unsigned(self, action, **parameters):
        """What the mini-program sends, which has no key."""
        headers = {
            "Authorization": "SKIP",
            "X-TC-Action": action,
            "X-TC-Version": VERSIONS["wecom"],
            "X-TC-Timestamp": "0",
        }
        answer = http(f"http://127.0.0.1:{self.port}/", parameters, headers)["Response"]
        return answer.get("Error", {}).get("Code"), answer


def first_line(process, pattern):
    for line in process.stdout:
        found = re.search(pattern, line)
        if found:
            return found.groups()
    raise SystemExit("FAILED: a server did not start")


def steps(account, root, simulator):
    def people(what, **body):
        return http(f"http://{simulator}/simulator/{what}", body)["code"]

    def ticket(pair, purpose):
        return account.call(pair, "wecom", "CreateTicket", Purpose=purpose)["Ticket"]

    account.refused("MissingParameter", root, "wecom", "CreateTicket")
    step = ticket(root, "link")
    code = people("install", member="boss", state=step)
    check(account.unsigned("ConfirmTicket", Ticket=step, Code=code)[0] is None, "the organization is linked")
    check(account.unsigned("ConfirmTicket", Ticket=step, Code=code)[0] is not None, "once")
    corp = account.call(root, "wecom", "ListOrganizations")["Organizations"][0]["CorpId"]
    account.refused("FailedOperation.WeComScanNeeded", root, "wecom", "ListMembers", CorpId=corp)
    step = ticket(root, "scan")
    code = people("scan", corp=corp, member="li.si")
    check(account.unsigned("ConfirmTicket", Ticket=step, Code=code)[0] == "FailedOperation.WeComScanRefused", "another member")
    code = people("scan", corp=corp, member="boss")
    check(account.unsigned("ConfirmTicket", Ticket=step, Code=code)[0] is None, "the administrator scanned")
    members = account.call(root, "wecom", "ListMembers", CorpId=corp, Limit=10, Offset=0)
    check([own["WeChatWorkUserId"] for own in members["Members"]] == ["chen.qi", "li.si", "zhang.san", "zhou.ba"], f"{members}")
    made = account.call(root, "wecom", "AddQywxSubAccount", CorpId=corp, WeChatWorkUserId="li.si")
    check(made["Name"] == "li.si", "named by the id")
    message = account.refused(
        "InvalidParameter.UserNameIllegal", root, "wecom", "AddQywxSubAccount",
        CorpId=corp, WeChatWorkUserId="chen.qi", Name="Chen Qi",
    )
    check("character 5" in message, message)
    # A member applies, and an administrator decides with the link that came.
    code = people("scan", corp=corp, member="wang.wu")
    refused, answer = account.unsigned("Apply", CorpId=corp, Code=code)
    check(refused is None and answer["WeChatWorkUserId"] == "wang.wu", f"{answer}")
    sent = http(f"http://{simulator}/simulator/messages")
    check(sent[-1]["touser"] == "boss" and "wang.wu" in sent[-1]["text"]["content"], f"{sent}")
    token = re.search(r"applyToken=(\w+)", sent[-1]["text"]["content"]).group(1)
    document = {"version": "2.0", "statement": [{"effect": "allow", "action": ["cam:ListUsers"], "resource": ["*"]}]}
    policy = account.call(root, "cam", "CreatePolicy", PolicyName="look", PolicyDocument=json.dumps(document))["PolicyId"]
    helper = account.call(root, "cam", "AddUser", Name="helper", UseApi=1)
    pair = (helper["SecretId"], helper["SecretKey"])
    account.refused("AuthFailure.UnauthorizedOperation", pair, "wecom", "ApproveApplication", ApplyToken=token)
    made = account.call(root, "wecom", "ApproveApplication", ApplyToken=token, PolicyId=[policy])
    account.refused("FailedOperation.WeComTicketInvalid", root, "wecom", "ApproveApplication", ApplyToken=token)
    key = account.call(root, "cam", "CreateAccessKey", TargetUin=made["Uin"])["AccessKey"]
    pair = (key["AccessKeyId"], key["SecretAccessKey"])
    account.call(pair, "cam", "ListUsers")
    account.refused("AuthFailure.UnauthorizedOperation", pair, "cam", "ListGroups")
    listed = account.call(root, "cam", "ListWeChatWorkSubAccounts", Offset=0, Limit=10)
    check(listed["TotalCount"] == 2, f"{listed}")
    account.call(root, "wecom", "DeleteOrganization", CorpId=corp)
    account.call(pair, "cam", "ListUsers")
    return [token, step]


def main(program, simulator):
    with tempfile.TemporaryDirectory() as folder:
        side = subprocess.Popen([simulator], stdout=subprocess.PIPE, text=True)
        server = None
        try:
            (address,) = first_line(side, r"^(127\.0\.0\.1:\d+)$")
            suite, secret, suite_ticket, _ = first_line(side, r"^suite (\S+) (\S+) (\S+) organization (\S+)$")
            with open(f"{folder}/ticket", "w") as file:
                file.write(suite_ticket)
            config = {
                "endpoint": f"http://{address}",
                "suite_id": suite,
                "suite_secret": secret,
                "suite_ticket_file": "ticket",
                "install_address": "https://console.example.com/wecom/link",
                "scan_address": "https://console.example.com/wecom/scan",
                "apply_address": "https://console.example.com/wecom/apply",
            }
            with open(f"{folder}/wecom.json", "w") as file:
                json.dump(config, file)
            command = [program, "serve", "--api", "--ephemeral", "--listen", "127.0.0.1:0"]
            command += ["--wecom", f"{folder}/wecom.json", "--audit", f"{folder}/audit.jsonl"]
            server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
            (secret_id,) = first_line(server, r"^SecretId: +(\S+)")
            (secret_key,) = first_line(server, r"^SecretKey: +(\S+)")
            (port,) = first_line(server, r"listening on http://127\.0\.0\.1:(\d+)")
            secrets = steps(Account(int(port)), (secret_id, secret_key), address)
            with open(f"{folder}/audit.jsonl") as file:
                audit = file.read()
            for own in secrets:
                check(own not in audit, "the audit log holds a token")
        finally:
            for process in (server, side):
                if process is not None:
                    process.kill()
                    process.wait()
    print(f"{checks} checks of WeCom passed")


main(sys.argv[1], sys.argv[2])
