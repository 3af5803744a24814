from flask import Blueprint

bp = Blueprint("campaign", __name__, url_prefix="/campaign")
