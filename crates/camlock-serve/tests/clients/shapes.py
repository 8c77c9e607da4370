"""Holds answers to the descriptions of the interface that come with Tencent's command-line client."""

import json
import os

import tccli

FOLDERS = {"cam": "cam/v20190116", "sts": "sts/v20180813"}
NUMBERS = {"int64", "uint64", "integer"}
TEXTS = {"string", "date", "datetime", "datetime_iso", "timestamp"}


def load(folder):
    with open(os.path.join(os.path.dirname(tccli.__file__), "services", folder, "api.json")) as file:
        return json.load(file)


DESCRIPTIONS = {service: load(folder) for service, folder in FOLDERS.items()}


def faults(service, action, answer):
    """What an answer lacks, has too much, or has of the wrong type."""
    description = DESCRIPTIONS[service]
    output = description["actions"][action]["output"]
    return list(of_object(description["objects"], output, answer, action))


def of_object(objects, name, value, path):
    if not isinstance(value, dict):
        yield f"{path} is no object"
        return
    members = {member["name"]: member for member in objects[name]["members"]}
    for unknown in sorted(value.keys() - members.keys()):
        yield f"{path} has the unknown field {unknown}"
    for field, member in members.items():
        place = f"{path}.{field}"
        if field not in value:
            if member.get("output_required"):
                yield f"{place} is missing"
        elif value[field] is None:
            if not member.get("value_allowed_null"):
                yield f"{place} is null"
        elif member["type"] != "list":
            yield from of_value(objects, member["member"], value[field], place)
        elif not isinstance(value[field], list):
            yield f"{place} is no list"
        else:
            for item in value[field]:
                yield from of_value(objects, member["member"], item, f"{place}[]")


def of_value(objects, kind, value, path):
    if kind in objects:
        yield from of_object(objects, kind, value, path)
    elif kind in TEXTS:
        if not isinstance(value, str):
            yield f"{path} is no text"
    elif kind == "bool":
        if not isinstance(value, bool):
            yield f"{path} is neither true nor false"
    elif kind not in NUMBERS or isinstance(value, bool) or not isinstance(value, int):
        yield f"{path} is no {kind}"
