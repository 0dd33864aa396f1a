"""JSON Schemas of the content files, for editors: completion, and mistakes seen while typing."""

import json
from pathlib import Path
from typing import Any, Final

from pydantic import BaseModel

from trainer.content.models.competencies import FrameworkFile
from trainer.content.models.exams import CrosswalkFile, ExamFile
from trainer.content.models.facts import AbbreviationsFile, DrugsFile, WordPartsFile
from trainer.content.models.items import ConceptsFile, ItemsFile, PicturesFile
from trainer.content.models.scenario_file import ScenarioFile

_FILES: Final[dict[str, type[BaseModel]]] = {
    "items": ItemsFile,
    "concepts": ConceptsFile,
    "pictures": PicturesFile,
    "exam": ExamFile,
    "crosswalk": CrosswalkFile,
    "competencies": FrameworkFile,
    "scenario": ScenarioFile,
    "facts-word-parts": WordPartsFile,
    "facts-abbreviations": AbbreviationsFile,
    "facts-drugs": DrugsFile,
}


def schema_texts() -> dict[str, str]:
    """File name and text of every schema."""
    return {
        f"{name}.schema.json": json.dumps(_schema(name, model), indent=2, ensure_ascii=False) + "\n"
        for name, model in _FILES.items()
    }


def write_schemas(folder: Path) -> list[Path]:
    """Write all schemas; gives the files that changed."""
    folder.mkdir(parents=True, exist_ok=True)
    changed = []
    for name, text in schema_texts().items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed


def _schema(name: str, model: type[BaseModel]) -> dict[str, Any]:
    schema = model.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
