"""The calls into pdfium that are made for every character and every object, with the least cost a call can have.

pypdfium2 builds a pointer object for each handle it gives back; here handles are plain numbers, three times as fast.
"""

from collections.abc import Callable
from ctypes import CFUNCTYPE, c_char_p, c_double, c_float, c_int, c_uint, c_ulong, c_void_p, cast
from typing import Any

from pypdfium2 import raw


def _bind(function: object, result: type[Any] | None, *arguments: type[Any]) -> Callable[..., Any]:
    address: Any = function
    return CFUNCTYPE(result, *arguments)(cast(address, c_void_p).value or 0)


Floats4 = c_float * 4
Floats6 = c_float * 6
Parts4 = c_uint * 4
"""Red, green, blue and how far it covers, each from 0 to 255."""

unicode_of = _bind(raw.FPDFText_GetUnicode, c_uint, c_void_p, c_int)
text_object_of = _bind(raw.FPDFText_GetTextObject, c_void_p, c_void_p, c_int)
loose_box_of = _bind(raw.FPDFText_GetLooseCharBox, c_int, c_void_p, c_int, c_void_p)
ink_box_of = _bind(raw.FPDFText_GetCharBox, c_int, c_void_p, c_int, c_void_p, c_void_p, c_void_p, c_void_p)
matrix_of = _bind(raw.FPDFText_GetMatrix, c_int, c_void_p, c_int, c_void_p)
font_size_of = _bind(raw.FPDFText_GetFontSize, c_double, c_void_p, c_int)
render_mode_of = _bind(raw.FPDFTextObj_GetTextRenderMode, c_int, c_void_p)
count_characters = _bind(raw.FPDFText_CountChars, c_int, c_void_p)

count_objects = _bind(raw.FPDFPage_CountObjects, c_int, c_void_p)
object_at = _bind(raw.FPDFPage_GetObject, c_void_p, c_void_p, c_int)
count_form_objects = _bind(raw.FPDFFormObj_CountObjects, c_int, c_void_p)
form_object_at = _bind(raw.FPDFFormObj_GetObject, c_void_p, c_void_p, c_ulong)
type_of = _bind(raw.FPDFPageObj_GetType, c_int, c_void_p)
object_matrix_of = _bind(raw.FPDFPageObj_GetMatrix, c_int, c_void_p, c_void_p)
bounds_of = _bind(raw.FPDFPageObj_GetBounds, c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p)
stroke_width_of = _bind(raw.FPDFPageObj_GetStrokeWidth, c_int, c_void_p, c_void_p)
fill_colour_of = _bind(raw.FPDFPageObj_GetFillColor, c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p)
stroke_colour_of = _bind(raw.FPDFPageObj_GetStrokeColor, c_int, c_void_p, c_void_p, c_void_p, c_void_p, c_void_p)
is_see_through = _bind(raw.FPDFPageObj_HasTransparency, c_int, c_void_p)
count_marks = _bind(raw.FPDFPageObj_CountMarks, c_int, c_void_p)
mark_at = _bind(raw.FPDFPageObj_GetMark, c_void_p, c_void_p, c_ulong)
mark_name_of = _bind(raw.FPDFPageObjMark_GetName, c_int, c_void_p, c_void_p, c_ulong, c_void_p)
mark_text_of = _bind(raw.FPDFPageObjMark_GetParamStringValue, c_int, c_void_p, c_char_p, c_void_p, c_ulong, c_void_p)
filters_of = _bind(raw.FPDFImageObj_GetImageFilterCount, c_int, c_void_p)
filter_of = _bind(raw.FPDFImageObj_GetImageFilter, c_ulong, c_void_p, c_int, c_void_p, c_ulong)
draw_mode_of = _bind(raw.FPDFPath_GetDrawMode, c_int, c_void_p, c_void_p, c_void_p)
count_segments = _bind(raw.FPDFPath_CountSegments, c_int, c_void_p)
segment_at = _bind(raw.FPDFPath_GetPathSegment, c_void_p, c_void_p, c_int)
segment_type_of = _bind(raw.FPDFPathSegment_GetType, c_int, c_void_p)
segment_closes = _bind(raw.FPDFPathSegment_GetClose, c_int, c_void_p)
segment_point_of = _bind(raw.FPDFPathSegment_GetPoint, c_int, c_void_p, c_void_p, c_void_p)

clip_path_of = _bind(raw.FPDFPageObj_GetClipPath, c_void_p, c_void_p)
count_clips = _bind(raw.FPDFClipPath_CountPaths, c_int, c_void_p)
count_clip_segments = _bind(raw.FPDFClipPath_CountPathSegments, c_int, c_void_p, c_int)
clip_segment_at = _bind(raw.FPDFClipPath_GetPathSegment, c_void_p, c_void_p, c_int, c_int)

TEXT = raw.FPDF_PAGEOBJ_TEXT
PATH = raw.FPDF_PAGEOBJ_PATH
IMAGE = raw.FPDF_PAGEOBJ_IMAGE
SHADING = raw.FPDF_PAGEOBJ_SHADING
FORM = raw.FPDF_PAGEOBJ_FORM
MOVE = raw.FPDF_SEGMENT_MOVETO
LINE = raw.FPDF_SEGMENT_LINETO
INVISIBLE = raw.FPDF_TEXTRENDERMODE_INVISIBLE
CLIPPING = raw.FPDF_TEXTRENDERMODE_CLIP
