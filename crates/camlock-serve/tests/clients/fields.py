"""Calls in many forms, with Tencent's typed clients too; answers are held to the descriptions of the interface.

usage: fields.py PROGRAM
"""

import base64
import json
import os
import sys
import tempfile
import time

import company
from company import OWNER, Key, arn, check, policy
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.common import credential


def trust(principal, action="name/sts:AssumeRole", condition=None):
    statement = {"effect": "allow", "action": action, "principal": principal}
    if condition:
        statement["condition"] = condition
    return json.dumps({"version": "2.0", "statement": [statement]})


def users(root):
    plain = root.call("cam", "AddUser", Name="plain")
    check(plain["SecretKey"] == plain["Password"] == "", "nothing was made for a plain user")
    made = root.call("cam", "AddUser", Name="made", ConsoleLogin=1, Password="")
    check(len(made["Password"]) == 32, "an empty password is none")
    uin = plain["Uin"]
    # Numbers as texts, as the published examples have them.
    root.call("cam", "AttachUserPolicy", AttachUin=str(uin), PolicyId="3")
    group = root.call("cam", "CreateGroup", GroupName="g")["GroupId"]
    root.call("cam", "AddUserToGroup", Info=[{"GroupId": str(group), "Uid": str(plain["Uid"])}])
    root.refused("InvalidParameter", "cam", "AttachUserPolicy", AttachUin=uin, PolicyId="three")
    attached = root.call("cam", "ListAttachedUserPolicies", TargetUin=uin)["List"][0]
    check(attached["OperateUinType"] == 0, "a user attached it")
    root.call("cam", "ListAttachedUserAllPolicies", TargetUin=uin, Rp=20, Page=1, AttachType=0)
    granting = root.call("cam", "ListPoliciesGrantingServiceAccess", TargetUin=uin)["List"]
    check(granting[0]["Policy"][0]["PolicyType"] == "Presetting", "preset policies are called so")
    root.call("cam", "ListEntitiesForPolicy", PolicyId=3)
    root.call("cam", "GetGroup", GroupId=group)
    root.call("cam", "ListUsersForGroup", GroupId=group)
    root.call("cam", "ListGroupsForUser", SubUin=uin)
    root.call("cam", "DescribeSubAccounts", FilterSubAccountUin=[uin])
    check(root.call("cam", "GetAccountSummary")["Member"] == 1, "one user is in a group")
    for boundary in (False, True):
        if boundary:
            root.call("cam", "PutUserPermissionsBoundary", TargetUin=uin, PolicyId=3)
        root.call("cam", "GetUserPermissionBoundary", TargetUin=uin)
    root.call("cam", "SetMfaFlag", OpUin=uin, LoginFlag={"Phone": 1, "Stoken": 0, "Wechat": 0})
    root.call("cam", "DescribeSafeAuthFlagColl", SubUin=uin)


def policies_and_roles(root):
    made = root.call("cam", "CreatePolicy", PolicyName="p", PolicyDocument=policy("cvm:*", "*"), Tags=[{"Key": "k", "Value": "v"}])
    own = made["PolicyId"]
    root.call("cam", "CreatePolicyVersion", PolicyId=own, PolicyDocument=policy("cos:*", "*"), SetAsDefault=True)
    check(root.call("cam", "UpdatePolicy", PolicyId=own, Description="d")["PolicyId"] == own, "the policy is named")
    root.call("cam", "GetPolicy", PolicyId=own)
    root.call("cam", "GetPolicyVersion", PolicyId=own, VersionId=1)
    root.call("cam", "ListPolicyVersions", PolicyId=own)
    root.call("cam", "DeletePolicyVersion", PolicyId=own, VersionId=[1])
    role = root.call("cam", "CreateRole", RoleName="r", PolicyDocument=trust({"qcs": [arn("root")]}), Tags=[{"Key": "k", "Value": "v"}])["RoleId"]
    root.call("cam", "AttachRolePolicy", AttachRoleId=role, PolicyName="p")
    root.call("cam", "ListAttachedRolePolicies", RoleName="r", Page=1, Rp=10)
    root.call("cam", "PutRolePermissionsBoundary", RoleId=role, PolicyId=own)
    root.call("cam", "GetRolePermissionBoundary", RoleId=role)
    root.call("cam", "UpdateRoleConsoleLogin", RoleId=int(role), ConsoleLogin=1)
    root.call("cam", "GetRole", RoleId=role)
    linked = root.call("cam", "CreateServiceLinkedRole", QCSServiceName=["cls.cloud.tencent.com"])["RoleId"]
    name = root.call("cam", "GetRole", RoleId=linked)["RoleInfo"]["RoleName"]
    task = root.call("cam", "DeleteServiceLinkedRole", RoleName=name)["DeletionTaskId"]
    root.call("cam", "GetServiceLinkedRoleDeletionStatus", DeletionTaskId=task)
    root.call("sts", "AssumeRole", RoleArn=arn("roleName/r"), RoleSessionName="s1")
    root.call("sts", "QueryApiKey")


def whole_account(root):
    root.call("cam", "CreateMessageReceiver", Name="m", CountryCode="86", PhoneNumber="1", Email="m@example.com")
    for action in [
        "ListUsers", "ListAccounts", "ListCollaborators", "ListGroups", "ListPolicies", "ListReceiver", "ListSAMLProviders",
        "DescribeSafeAuthFlag", "DescribeSafeAuthFlagIntl", "GetUserAppId", "GetPasswordRules", "DescribeUserSAMLConfig", "ListAccessKeys",
    ]:
        root.call("cam", action)
    root.call("cam", "ListWeChatWorkSubAccounts", Offset=0, Limit=10)
    root.call("cam", "DescribeRoleList", Page=1, Rp=10)
    root.call("cam", "UpdatePasswordRules", Rules={"MinimumLength": 10})
    root.call("cam", "GetPasswordRules")
    keys = base64.b64encode(b'{"keys": []}').decode()
    root.call(
        "cam", "CreateUserOIDCConfig", IdentityUrl="https://idp.example.com", ClientId="c", IdentityKey=keys, MappingFiled="sub",
        AuthorizationEndpoint="https://idp.example.com/a", ResponseType="id_token", ResponseMode="form_post",
    )
    check(root.call("cam", "DescribeUserOIDCConfig")["Scope"] == ["openid"], "the scope has its default")


def typed(root):
    """Typed clients, by POST and GET; the older signatures are refused by name."""
    from tencentcloud.sts.v20180813 import models, sts_client

    for method in ("POST", "GET"):
        for sign in ("TC3-HMAC-SHA256", "HmacSHA256", "HmacSHA1"):
            http = HttpProfile(protocol="http", endpoint=f"127.0.0.1:{root.port}", reqMethod=method)
            profile = ClientProfile(httpProfile=http, signMethod=sign)
            client = sts_client.StsClient(credential.Credential(*root.pair), None, profile)
            try:
                answer = client.GetCallerIdentity(models.GetCallerIdentityRequest())
                check(sign.startswith("TC3") and answer.AccountId == str(OWNER), f"{sign} by {method}")
            except TencentCloudSDKException as error:
                check(error.code == "AuthFailure.InvalidAuthorization" and "TC3" in error.message, f"{sign}: {error}")


def vouched(root):
    """The typed client signs what need not be signed."""
    import jwt
    from cryptography.hazmat.primitives.asymmetric import ec
    from jwt.algorithms import ECAlgorithm
    from tencentcloud.sts.v20180813 import models, sts_client

    private = ec.generate_private_key(ec.SECP256R1())
    public = json.loads(ECAlgorithm.to_jwk(private.public_key()))
    keys = base64.b64encode(json.dumps({"keys": [{**public, "kid": "k1"}]}).encode()).decode()
    url = "https://ci.example.com"
    root.call("cam", "CreateOIDCConfig", Name="ci", IdentityUrl=url, ClientId=["shop"], IdentityKey=keys)
    root.call("cam", "DescribeOIDCConfig", Name="ci")
    document = trust(
        {"federated": [arn("oidc-provider/ci")]},
        "name/sts:AssumeRoleWithWebIdentity",
        {"string_equal": {"oidc:iss": [url], "oidc:aud": ["shop"]}},
    )
    root.call("cam", "CreateRole", RoleName="deploy", PolicyDocument=document)
    claims = {"iss": url, "aud": "shop", "sub": "main", "exp": int(time.time()) + 300}
    request = models.AssumeRoleWithWebIdentityRequest()
    request.ProviderId, request.RoleArn, request.RoleSessionName = "ci", arn("roleName/deploy"), "job"
    request.WebIdentityToken = jwt.encode(claims, private, algorithm="ES256", headers={"kid": "k1"})
    http = HttpProfile(protocol="http", endpoint=f"127.0.0.1:{root.port}")
    client = sts_client.StsClient(credential.Credential(*root.pair), "ap-guangzhou", ClientProfile(httpProfile=http))
    own = client.AssumeRoleWithWebIdentity(request).Credentials
    # And the providers of the SDK, which ask by themselves.
    endpoint = f"http://127.0.0.1:{root.port}"
    by_token = credential.OIDCRoleArnCredential("ap-guangzhou", "ci", request.WebIdentityToken, request.RoleArn, "job")
    by_token.endpoint = endpoint
    by_role = credential.STSAssumeRoleCredential(*root.pair[:2], arn("roleName/r"), "s1", endpoint=endpoint)
    for pair in [
        (own.TmpSecretId, own.TmpSecretKey, own.Token),
        by_token.get_credential_info(),
        by_role.get_credential_info(),
    ]:
        who = Key(root.port, *pair).call("sts", "GetCallerIdentity")
        check(who["Type"] == "CAMRole", f"it has a role: {who}")


def command_line(root):
    """Unfolded arguments, filters, waiters and skeletons of the command-line client."""
    unfolded = {"cli-unfold-argument": "", "Info.0.GroupId": "100001", "Info.0.Uin": str(OWNER + 2)}
    check("RequestId" in root.tccli("cam", "AddUserToGroup", **unfolded), "arguments are unfolded")
    shown = root.tccli("cam", "ListUsersForGroup", GroupId="100001", filter="UserInfo[].Name")
    check(json.loads(shown) == ["plain", "made"], f"names are filtered: {shown}")
    waiter = json.dumps({"expr": "Name", "to": "made", "timeout": 5, "interval": 1})
    check('"made"' in root.tccli("cam", "GetUser", Name="made", waiter=waiter), "it waits for a value")


def main(program):
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/cam.key", "w") as file:
            file.write(base64.b64encode(os.urandom(32)).decode())
        server, port, pair = company.start(program, folder, "--create")
        try:
            root = Key(port, *pair)
            for step in (users, policies_and_roles, whole_account, typed, vouched, command_line):
                step(root)
        finally:
            server.kill()
            server.wait()
    print(f"{company.checks} checks passed")


if __name__ == "__main__":
    main(sys.argv[1])
