"""The description of the door for programs says what its code does."""

import importlib.util
import json
import sys
import unittest

from tooling.settings import REPO

CAPTURE = REPO / "lead_management_capture"
OPENAPI = REPO / "docs" / "lead-capture.openapi.json"


def load(name):
    """Return a module of pure Python, without the addon around it."""
    spec = importlib.util.spec_from_file_location(
        name, CAPTURE / "tools" / f"{name}.py"
    )
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class TestOpenApi(unittest.TestCase):
    def setUp(self):
        self.described = json.loads(OPENAPI.read_text())
        self.code = load("capture_fields")

    def test_each_input_is_described_with_its_length(self):
        inputs = self.described["components"]["schemas"]["Lead"]["properties"]
        technical = {self.code.LANGUAGE, *self.code.TOUCHES}
        self.assertEqual(inputs.keys() - technical, self.code.FIELDS.keys())
        self.assertLessEqual(technical, inputs.keys())
        for key, field in self.code.FIELDS.items():
            if length := inputs[key].get("maxLength"):
                self.assertEqual((key, length), (key, field.max_length))

    def test_each_reference_is_there(self):
        text = OPENAPI.read_text()
        schemas = self.described["components"]["schemas"]
        for name in schemas:
            self.assertIn(f"#/components/schemas/{name}", text)
        self.assertEqual(text.count("#/components/schemas/"), text.count('"$ref"'))

    def test_the_statuses_are_those_of_the_answers(self):
        source = (CAPTURE / "controllers" / "capture_json.py").read_text()
        responses = self.described["paths"]["/lead/capture/{token}"]["post"][
            "responses"
        ]
        for status in ("422", "503", "404", "401", "400"):
            self.assertIn(status, source)
            self.assertIn(status, responses)
