"""A company set up from nothing with Tencent's own clients, against a local CAM.

usage: company.py PROGRAM
"""

import base64
import hashlib
import hmac
import json
import os
import re
import signal
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request

import shapes
from tencentcloud.common import credential
from tencentcloud.common.common_client import CommonClient
from tencentcloud.common.exception.tencent_cloud_sdk_exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile

VERSIONS = {"cam": "2019-01-16", "sts": "2018-08-13"}
OWNER = 100000000001
checks = 0


def check(condition, what):
    global checks
    checks += 1
    if not condition:
        raise SystemExit(f"FAILED: {what}")


class Key:
    """Somebody's key: calls with the SDK, or with the command-line client."""

    def __init__(self, port, secret_id, secret_key, token=None):
        self.port = port
        self.scheme = "http"
        self.pair = (secret_id, secret_key, token)

    def call(self, service, action, method="POST", **parameters):
        http = HttpProfile(protocol=self.scheme, endpoint=f"127.0.0.1:{self.port}", reqMethod=method)
        profile = ClientProfile(httpProfile=http, signMethod="TC3-HMAC-SHA256")
        own = credential.Credential(*self.pair)
        client = CommonClient(service, VERSIONS[service], own, "ap-guangzhou", profile=profile)
        answer = client.call_json(action, parameters)["Response"]
        faults = shapes.faults(service, action, answer)
        check(not faults, f"{action}: {faults}")
        return answer

    def refused(self, code, service, action, **parameters):
        """The call is refused with this code; answers the message."""
        try:
            answer = self.call(service, action, **parameters)
        except TencentCloudSDKException as error:
            check(error.code == code, f"{action}: {error.code} instead of {code}: {error.message}")
            return error.message
        raise SystemExit(f"FAILED: {action} {parameters} was answered: {answer}")

    def denied(self, service, action, **parameters):
        code = "UnauthorizedOperation" if service == "sts" else "AuthFailure.UnauthorizedOperation"
        return self.refused(code, service, action, **parameters)

    def tccli(self, service, action, **parameters):
        """The same with the command-line client; answers what it prints."""
        command = ["tccli", service, action]
        for name, value in parameters.items():
            command += [f"--{name}"]
            if value != "":
                command += [value if isinstance(value, str) else json.dumps(value)]
        command += ["--endpoint", f"{self.scheme}://127.0.0.1:{self.port}", "--region", "ap-guangzhou"]
        command += ["--secretId", self.pair[0], "--secretKey", self.pair[1]]
        if self.pair[2]:
            command += ["--token", self.pair[2]]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60)
        return done.stdout + done.stderr


def policy(actions, resources, effect="allow"):
    statement = {"effect": effect, "action": actions, "resource": resources}
    return json.dumps({"version": "2.0", "statement": [statement]})


def arn(last):
    return f"qcs::cam::uin/{OWNER}:{last}"


def start(program, folder, *options):
    """A server on a store of its own; answers the process, its port, and the key it printed."""
    command = [program, "serve", "--api", "--store", f"{folder}/cam.db"]
    command += ["--key-file", f"{folder}/cam.key", "--listen", "127.0.0.1:0", "--log", "json", *options]
    with open(f"{folder}/log.jsonl", "a") as log:
        server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
    pair = []
    for line in server.stdout:
        pair += re.findall(r"^Secret(?:Id|Key): +(\S+)", line)
        found = re.search(r"listening on https?://127\.0\.0\.1:(\d+)", line)
        if found:
            return server, int(found.group(1)), pair
    raise SystemExit("FAILED: the server did not start")


def set_up(root):
    """Two users, groups, policies and roles; answers their ids."""
    ids = {}
    for name in ["alice", "bob"]:
        ids[name] = root.call("cam", "AddUser", Name=name, UseApi=1)
        ids[f"{name}-team"] = root.call("cam", "CreateGroup", GroupName=f"{name}-team")["GroupId"]
        ids[f"{name}-policy"] = root.call(
            "cam", "CreatePolicy", PolicyName=f"{name}-policy", PolicyDocument=policy(["cvm:*"], ["*"])
        )["PolicyId"]
        trust = {
            "version": "2.0",
            "statement": [
                {
                    "effect": "allow",
                    "action": "name/sts:AssumeRole",
                    "principal": {"qcs": [arn("root")]},
                }
            ],
        }
        ids[f"{name}-role"] = root.call(
            "cam", "CreateRole", RoleName=f"{name}-role", PolicyDocument=json.dumps(trust)
        )["RoleId"]
    return ids


def grant(root, ids, name, document):
    """Gives a user a policy."""
    made = root.call("cam", "CreatePolicy", PolicyName=name, PolicyDocument=document)["PolicyId"]
    root.call("cam", "AttachUserPolicy", PolicyId=made, AttachUin=ids["alice"]["Uin"])
    return made


def names_and_rules(root):
    message = root.refused("InvalidParameter.UserNameIllegal", "cam", "AddUser", Name="al ice")
    check("character 3" in message, "the character is named")
    root.refused("InvalidParameter.SubUserNameInUse", "cam", "AddUser", Name="alice")
    root.refused("MissingParameter", "cam", "AddUser")
    root.refused("UnknownParameter", "cam", "ListUsers", Nme=1)
    root.refused("InvalidAction", "cam", "AddUsers")
    root.refused(
        "FailedOperation.PolicyNameInUse",
        "cam",
        "CreatePolicy",
        PolicyName="alice-policy",
        PolicyDocument=policy(["cvm:*"], ["*"]),
    )
    root.refused(
        "InvalidParameter.EffectError",
        "cam",
        "CreatePolicy",
        PolicyName="wrong",
        PolicyDocument=policy(["cvm:*"], ["*"], "permit"),
    )


def per_resource(root, alice, ids):
    """Allowed on one object and refused on the next, for each kind."""
    before = alice.denied("cam", "GetUser", Name="alice")
    check("cam:GetUser" in before, "the refusal names the operation")
    grant(root, ids, "own-user", policy(["cam:GetUser", "cam:UpdateUser"], [arn(f"uin/{ids['alice']['Uin']}")]))
    alice.call("cam", "UpdateUser", Name="alice", Remark="me")
    check(alice.call("cam", "GetUser", Name="alice")["Remark"] == "me", "the remark is kept")
    there = alice.denied("cam", "UpdateUser", Name="bob", Remark="not me")
    missing = alice.denied("cam", "UpdateUser", Name="nobody", Remark="not me")
    check(there == missing, "a refusal does not tell who exists")

    grant(root, ids, "own-group", policy(["cam:GetGroup", "cam:AddUserToGroup"], [arn(f"groupid/{ids['alice-team']}"), arn(f"uin/{ids['alice']['Uin']}")]))
    alice.call("cam", "GetGroup", GroupId=ids["alice-team"])
    alice.denied("cam", "GetGroup", GroupId=ids["bob-team"])
    info = {"GroupId": ids["alice-team"], "Uin": ids["alice"]["Uin"]}
    alice.call("cam", "AddUserToGroup", Info=[info])
    alice.denied("cam", "AddUserToGroup", Info=[{**info, "Uin": ids["bob"]["Uin"]}])
    alice.denied("cam", "AddUserToGroup", Info=[info, {**info, "GroupId": ids["bob-team"]}])

    grant(root, ids, "own-policy", policy(["cam:GetPolicy", "cam:CreatePolicyVersion"], [arn(f"policyid/{ids['alice-policy']}")]))
    alice.call("cam", "GetPolicy", PolicyId=ids["alice-policy"])
    alice.denied("cam", "GetPolicy", PolicyId=ids["bob-policy"])
    made = alice.call("cam", "CreatePolicyVersion", PolicyId=ids["alice-policy"], PolicyDocument=policy(["cos:*"], ["*"]), SetAsDefault=True)
    check(made["VersionId"] == 2, "versions count")

    # Roles may be written by name or by id.
    grant(root, ids, "own-role", policy(["cam:GetRole", "cam:UpdateRoleDescription"], [arn("roleName/alice-role")]))
    alice.call("cam", "GetRole", RoleName="alice-role")
    alice.call("cam", "UpdateRoleDescription", RoleId=ids["alice-role"], Description="mine")
    alice.denied("cam", "GetRole", RoleName="bob-role")
    alice.denied("cam", "GetRole", RoleId=ids["bob-role"])


def keys(root, alice, ids, port):
    grant(root, ids, "own-keys", policy(["cam:*AccessKey*", "cam:GetSecurityLastUsed"], [arn("uin/${uin}")]))
    made = alice.call("cam", "CreateAccessKey")["AccessKey"]
    alice.refused("OperationDenied.AccessKeyOverLimit", "cam", "CreateAccessKey")
    alice.denied("cam", "ListAccessKeys", TargetUin=ids["bob"]["Uin"])
    second = Key(port, made["AccessKeyId"], made["SecretAccessKey"])
    check(second.call("sts", "GetCallerIdentity")["UserId"] == str(ids["alice"]["Uin"]), "who")
    listed = alice.call("cam", "ListAccessKeys")["AccessKeys"]
    check(len(listed) == 2 and "SecretAccessKey" not in listed[0], "no secret is listed")
    used = alice.call("cam", "GetSecurityLastUsed", SecretIdList=[made["AccessKeyId"]])
    check(used["SecretIdLastUsedRows"][0]["LastSecretUsedDate"] > 0, "the last use is known")
    alice.call("cam", "UpdateAccessKey", AccessKeyId=made["AccessKeyId"], Status="Inactive")
    second.refused("AuthFailure.SecretIdNotFound", "sts", "GetCallerIdentity")
    alice.call("cam", "DeleteAccessKey", AccessKeyId=made["AccessKeyId"])
    wrong = Key(port, alice.pair[0], "x" * 32)
    wrong.refused("AuthFailure.SignatureFailure", "sts", "GetCallerIdentity")


def sessions(root, alice, ids, port):
    role = arn("roleName/alice-role")
    alice.denied("sts", "AssumeRole", RoleArn=role, RoleSessionName="work")
    grant(root, ids, "assume", policy(["name/sts:AssumeRole"], [role]))
    reader = root.call("cam", "CreatePolicy", PolicyName="reader", PolicyDocument=policy(["cam:List*", "cam:Get*"], ["*"]))
    root.call("cam", "AttachRolePolicy", AttachRoleName="alice-role", PolicyId=reader["PolicyId"])
    answer = alice.call("sts", "AssumeRole", RoleArn=role, RoleSessionName="work", DurationSeconds=900)
    own = answer["Credentials"]
    session = Key(port, own["TmpSecretId"], own["TmpSecretKey"], own["Token"])
    check(session.call("sts", "GetCallerIdentity")["Type"] == "CAMRole", "a role asks")
    session.call("cam", "ListUsers")
    session.denied("cam", "UpdateUser", Name="alice", Remark="x")
    Key(port, own["TmpSecretId"], own["TmpSecretKey"], "x").refused("AuthFailure.TokenFailure", "cam", "ListUsers")
    narrow = urllib.parse.quote(policy(["cam:GetRole"], ["*"]))
    answer = alice.call("sts", "AssumeRole", RoleArn=role, RoleSessionName="narrow", Policy=narrow)["Credentials"]
    narrowed = Key(port, answer["TmpSecretId"], answer["TmpSecretKey"], answer["Token"])
    narrowed.call("cam", "GetRole", RoleName="bob-role")
    narrowed.denied("cam", "ListUsers")
    limited = root.call("sts", "GetFederationToken", Name="guest", Policy=urllib.parse.quote(policy(["cam:ListUsers"], ["*"])))["Credentials"]
    guest = Key(port, limited["TmpSecretId"], limited["TmpSecretKey"], limited["Token"])
    guest.call("cam", "ListUsers")
    guest.denied("cam", "ListGroups")
    return session


def unsigned(port, action, body):
    """A call without a key, by somebody whom a provider vouches for."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/",
        json.dumps(body).encode(),
        {
            "Content-Type": "application/json",
            "Authorization": "SKIP",
            "X-TC-Action": action,
            "X-TC-Version": VERSIONS["sts"],
        },
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)["Response"]


def web_identity(root, port):
    """A job with a token of its provider becomes a role."""
    import jwt
    from cryptography.hazmat.primitives.asymmetric import ec
    from jwt.algorithms import ECAlgorithm

    private = ec.generate_private_key(ec.SECP256R1())
    public = json.loads(ECAlgorithm.to_jwk(private.public_key()))
    keys = base64.b64encode(json.dumps({"keys": [{**public, "kid": "k1"}]}).encode()).decode()
    url = "https://ci.example.com"
    root.call("cam", "CreateOIDCConfig", Name="ci", IdentityUrl=url, ClientId=["shop"], IdentityKey=keys)
    trust = {
        "effect": "allow",
        "action": "name/sts:AssumeRoleWithWebIdentity",
        "principal": {"federated": [arn("oidc-provider/ci")]},
        "condition": {
            "string_equal": {"oidc:iss": [url], "oidc:aud": ["shop"]},
            "string_like": {"oidc:sub": ["repo:shop:*"]},
        },
    }
    document = json.dumps({"version": "2.0", "statement": [trust]})
    root.call("cam", "CreateRole", RoleName="deploy", PolicyDocument=document)

    def assume(subject, key=private):
        now = int(time.time())
        claims = {"iss": url, "aud": "shop", "sub": subject, "exp": now + 300}
        token = jwt.encode(claims, key, algorithm="ES256", headers={"kid": "k1"})
        body = {"ProviderId": "ci", "WebIdentityToken": token, "RoleArn": arn("roleName/deploy"), "RoleSessionName": "job"}
        return unsigned(port, "AssumeRoleWithWebIdentity", body)

    own = assume("repo:shop:main")["Credentials"]
    job = Key(port, own["TmpSecretId"], own["TmpSecretKey"], own["Token"])
    check(job.call("sts", "GetCallerIdentity")["Type"] == "CAMRole", "the job has a role")
    code = assume("repo:other:main")["Error"]["Code"]
    check(code == "UnauthorizedOperation", f"another subject is not trusted: {code}")
    code = assume("repo:shop:main", ec.generate_private_key(ec.SECP256R1()))["Error"]["Code"]
    check(code == "InvalidParameter.WebIdentityTokenError", f"another key: {code}")


def code(secret):
    """What a soft token shows now."""
    message = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), message, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def second_factors(root, alice, bob, port, secret):
    """Credentials that are good for what asks for a second factor."""
    statement = {
        "effect": "allow",
        "action": ["cam:ListReceiver"],
        "resource": ["*"],
        "condition": {"string_equal": {"qcs:mfa": "1"}},
    }
    made = root.call("cam", "CreatePolicy", PolicyName="factor", PolicyDocument=json.dumps({"version": "2.0", "statement": [statement]}))
    root.call("cam", "AttachUserPolicy", PolicyId=made["PolicyId"], AttachUin=int(alice.call("sts", "GetCallerIdentity")["UserId"]))
    alice.denied("cam", "ListReceiver")
    serial = f"qcs::cam:uin/{OWNER}::mfa/softToken"
    shown = code(secret)
    wrong = str((int(shown) + 1) % 1_000_000).zfill(6)
    alice.refused("FailedOperation.CheckMFAError", "sts", "GetSessionToken", SerialNumber=serial, TokenCode=wrong)
    bob.refused("FailedOperation.MFATypeNotSupported", "sts", "GetSessionToken", SerialNumber=serial, TokenCode=shown)
    own = alice.call("sts", "GetSessionToken", SerialNumber=serial, TokenCode=shown)["Credentials"]
    session = Key(port, own["TmpSecretId"], own["TmpSecretKey"], own["Token"])
    session.call("cam", "ListReceiver")
    alice.refused("FailedOperation.CheckMFAError", "sts", "GetSessionToken", SerialNumber=serial, TokenCode=shown)


SAML_METADATA = """<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example.com">
  <md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:KeyDescriptor use="signing">
      <ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>{certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo>
    </md:KeyDescriptor>
  </md:IDPSSODescriptor>
</md:EntityDescriptor>"""
SAML_RESPONSE = """<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{id}r" Version="2.0">
  <saml:Issuer>https://idp.example.com</saml:Issuer>
  <samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>
  <saml:Assertion ID="{id}" Version="2.0">
    <saml:Issuer>https://idp.example.com</saml:Issuer>
    <ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Id="placeholder"></ds:Signature>
    <saml:Subject>
      <saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">{subject}</saml:NameID>
      <saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">
        <saml:SubjectConfirmationData NotOnOrAfter="{end}" Recipient="https://cloud.tencent.com/login/saml"/>
      </saml:SubjectConfirmation>
    </saml:Subject>
    <saml:Conditions NotOnOrAfter="{end}"/>
  </saml:Assertion>
</samlp:Response>"""


def saml(root, port):
    """Somebody with an assertion of their provider becomes a role."""
    import datetime
    import uuid

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec, rsa
    from lxml import etree
    from signxml import XMLSigner, methods

    now = datetime.datetime.now(datetime.timezone.utc)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "idp.example.com")])

    def certified(key):
        builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        builder = builder.serial_number(1).not_valid_before(now).not_valid_after(now + datetime.timedelta(hours=1))
        return key, builder.sign(key, hashes.SHA256())

    def response(subject, signer, seconds=300):
        key, certificate = signer
        end = (now + datetime.timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")
        tree = etree.fromstring(SAML_RESPONSE.format(id=f"_{uuid.uuid4().hex}", subject=subject, end=end))
        assertion = tree.find("{*}Assertion")
        algorithm = "rsa-sha256" if isinstance(key, rsa.RSAPrivateKey) else "ecdsa-sha256"
        canonical = "http://www.w3.org/2001/10/xml-exc-c14n#"
        signed = XMLSigner(methods.enveloped, algorithm, "sha256", canonical).sign(
            assertion, key=key, cert=[certificate], reference_uri=assertion.get("ID"), id_attribute="ID"
        )
        tree.replace(assertion, signed)
        return etree.tostring(tree)

    def assume(document):
        body = {
            "SAMLAssertion": base64.b64encode(document).decode(),
            "PrincipalArn": arn("saml-provider/idp"),
            "RoleArn": arn("roleName/signed-in"),
            "RoleSessionName": "ann",
        }
        return unsigned(port, "AssumeRoleWithSAML", body)

    trust = {
        "effect": "allow",
        "action": "name/sts:AssumeRoleWithSAML",
        "principal": {"federated": [arn("saml-provider/idp")]},
        "condition": {
            "string_equal": {"saml:aud": ["https://cloud.tencent.com/login/saml"], "saml:sub": ["ann"]},
        },
    }
    provider = {"Name": "idp", "Description": "", "SAMLMetadataDocument": "PGEvPg=="}
    root.refused("InvalidParameterValue.MetadataError", "cam", "CreateSAMLProvider", **provider)
    foreign = certified(rsa.generate_private_key(65537, 2048))
    signers = [certified(rsa.generate_private_key(65537, 2048)), certified(ec.generate_private_key(ec.SECP256R1()))]
    for signer in signers:
        der = signer[1].public_bytes(serialization.Encoding.DER)
        metadata = SAML_METADATA.format(certificate=base64.b64encode(der).decode())
        provider["SAMLMetadataDocument"] = base64.b64encode(metadata.encode()).decode()
        if signer is signers[0]:
            root.call("cam", "CreateSAMLProvider", **provider)
            root.call("cam", "CreateRole", RoleName="signed-in", PolicyDocument=json.dumps({"version": "2.0", "statement": [trust]}))
        else:
            root.call("cam", "UpdateSAMLProvider", **provider)
        good = response("ann", signer)
        own = assume(good)["Credentials"]
        key = Key(port, own["TmpSecretId"], own["TmpSecretKey"], own["Token"])
        check(key.call("sts", "GetCallerIdentity")["Type"] == "CAMRole", "who signed in has a role")
        for bad, what in [
            (good, "used before"),
            (response("bob", signer), "sts:AssumeRoleWithSAML"),
            (response("ann", signer, -300), "expired"),
            (response("ann", foreign), "no provider"),
            (response("bob", signer).replace(b">bob<", b">ann<"), "no provider"),
        ]:
            error = assume(bad)["Error"]
            check(error["Code"] == "UnauthorizedOperation" and what in error["Message"], f"{what}: {error}")


def limits(root, alice, ids):
    """A boundary takes away what policies give."""
    boundary = root.call("cam", "CreatePolicy", PolicyName="limit", PolicyDocument=policy(["cam:GetUser"], ["*"]))
    root.call("cam", "PutUserPermissionsBoundary", TargetUin=ids["alice"]["Uin"], PolicyId=boundary["PolicyId"])
    alice.call("cam", "GetUser", Name="alice")
    alice.denied("cam", "UpdateUser", Name="alice", Remark="x")
    root.call("cam", "DeleteUserPermissionsBoundary", TargetUin=ids["alice"]["Uin"])
    alice.call("cam", "UpdateUser", Name="alice", Remark="y")


def certificates(folder):
    """A certificate authority of our own, and a certificate of it for this machine."""
    import datetime
    import ipaddress

    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    now = datetime.datetime.now(datetime.timezone.utc)

    def make(name, issuer, key, signer, authority):
        builder = x509.CertificateBuilder().subject_name(name).issuer_name(issuer)
        builder = builder.public_key(key.public_key()).serial_number(x509.random_serial_number())
        builder = builder.not_valid_before(now - datetime.timedelta(hours=1))
        builder = builder.not_valid_after(now + datetime.timedelta(hours=1))
        builder = builder.add_extension(x509.BasicConstraints(authority, None), critical=True)
        names = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
        builder = builder.add_extension(names, critical=False)
        return builder.sign(signer, hashes.SHA256())

    def named(text):
        return x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, text)])

    root_key, own_key = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root = make(named("root"), named("root"), root_key, root_key, True)
    own = make(named("own"), named("root"), own_key, root_key, False)
    with open(f"{folder}/ca.pem", "wb") as file:
        file.write(root.public_bytes(serialization.Encoding.PEM))
    with open(f"{folder}/tls.pem", "wb") as file:
        file.write(own.public_bytes(serialization.Encoding.PEM))
    with open(f"{folder}/tls.key", "wb") as file:
        plain = serialization.NoEncryption()
        form = serialization.PrivateFormat.PKCS8
        file.write(own_key.private_bytes(serialization.Encoding.PEM, form, plain))


def over_tls(program, folder, root):
    """The same over TLS, and over no older version of it."""
    import certifi

    certificates(folder)
    # The clients trust this file and no other; it stands in a folder of the build.
    with open(certifi.where()) as file:
        trusted = file.read()
    with open(f"{folder}/ca.pem") as file:
        own = file.read()
    with open(certifi.where(), "w") as file:
        file.write(trusted + own)
    tls = ["--tls-cert", f"{folder}/tls.pem", "--tls-key", f"{folder}/tls.key"]
    server, port, _ = start(program, folder, *tls)
    try:
        root.port, root.scheme = port, "https"
        check(root.call("sts", "GetCallerIdentity")["Type"] == "CAMUser", "the SDK over TLS")
        check('"CAMUser"' in root.tccli("sts", "GetCallerIdentity"), "tccli over TLS")
        for version, good in [("TLSv1_1", False), ("TLSv1_2", True), ("TLSv1_3", True)]:
            context = ssl.create_default_context(cafile=f"{folder}/ca.pem")
            context.set_ciphers("DEFAULT:@SECLEVEL=0")
            context.minimum_version = context.maximum_version = ssl.TLSVersion[version]
            with socket.create_connection(("127.0.0.1", port)) as plain:
                try:
                    context.wrap_socket(plain, server_hostname="127.0.0.1").close()
                    check(good, f"{version} is spoken")
                except ssl.SSLError:
                    check(not good, f"{version} is not spoken")
        server.send_signal(signal.SIGTERM)
        check(server.wait(timeout=15) == 0, "the server ends when asked to")
    finally:
        with open(certifi.where(), "w") as file:
            file.write(trusted)
        server.kill()
        server.wait()


def command_line(root, alice):
    check('"CAMUser"' in root.tccli("sts", "GetCallerIdentity"), "tccli asks who it is")
    check('"alice"' in alice.tccli("cam", "GetUser", Name="alice"), "tccli is answered")
    refused = alice.tccli("cam", "GetUser", Name="bob")
    check("AuthFailure.UnauthorizedOperation" in refused, f"tccli is refused: {refused}")
    check('"TotalNum"' in root.tccli("cam", "ListPolicies", Rp=5), "tccli pages")


def main(program):
    with tempfile.TemporaryDirectory() as folder:
        with open(f"{folder}/cam.key", "w") as file:
            file.write(base64.b64encode(os.urandom(32)).decode())
        secret = base64.b32encode(os.urandom(20)).decode()
        with open(f"{folder}/mfa.json", "w") as file:
            json.dump({str(OWNER + 1): secret}, file)
        options = ["--create", "--audit", f"{folder}/audit.jsonl", "--mfa", f"{folder}/mfa.json"]
        server, port, pair = start(program, folder, *options)
        try:
            root = Key(port, *pair)
            ids = set_up(root)
            alice = Key(port, ids["alice"]["SecretId"], ids["alice"]["SecretKey"])
            names_and_rules(root)
            per_resource(root, alice, ids)
            keys(root, alice, ids, port)
            session = sessions(root, alice, ids, port)
            web_identity(root, port)
            saml(root, port)
            bob = Key(port, ids["bob"]["SecretId"], ids["bob"]["SecretKey"])
            second_factors(root, alice, bob, port, secret)
            limits(root, alice, ids)
            command_line(root, alice)
            check(root.call("cam", "GetUser", method="GET", Name="alice")["Name"] == "alice", "a GET")
            # Everything acknowledged is there after a kill, sessions among it.
            before = root.call("cam", "GetAccountSummary")
            server.send_signal(signal.SIGKILL)
            server.wait()
            server, port, none = start(program, folder, *options)
            check(none == [], "no key is printed a second time")
            for key in (root, alice, session):
                key.port = port
            after = root.call("cam", "GetAccountSummary")
            del before["RequestId"], after["RequestId"]
            check(before == after, f"{before} became {after}")
            session.call("cam", "ListUsers")
            # A user that goes takes its keys along.
            root.refused("OperationDenied.HaveKeys", "cam", "DeleteUser", Name="alice")
            root.call("cam", "DeleteUser", Name="alice", Force=1)
            alice.refused("AuthFailure.SecretIdNotFound", "sts", "GetCallerIdentity")
            server.send_signal(signal.SIGTERM)
            check(server.wait(timeout=10) == 0, "the server ends when asked to")
            over_tls(program, folder, root)
            with open(f"{folder}/log.jsonl") as file:
                logged = [json.loads(line) for line in file]
            calls = [line for line in logged if line.get("action") == "GetFederationToken"]
            check(calls and calls[0]["code"] == "OK" and calls[0]["secret_id"] == root.pair[0], "calls are logged")
            secrets = [root.pair[1], alice.pair[1], session.pair[1], session.pair[2], secret]
            for name in os.listdir(folder):
                if name not in ("cam.key", "tls.key", "mfa.json"):
                    with open(f"{folder}/{name}", "rb") as file:
                        text = file.read()
                    for secret in secrets:
                        check(secret.encode() not in text, f"{name} holds a secret")
        finally:
            server.kill()
            server.wait()
    print(f"{checks} checks passed")


if __name__ == "__main__":
    main(sys.argv[1])
