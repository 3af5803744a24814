from flask import Blueprint

bp = Blueprint("invigilator", __name__, url_prefix="/invigilator")
