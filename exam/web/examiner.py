from flask import Blueprint

bp = Blueprint("examiner", __name__, url_prefix="/examiner")
