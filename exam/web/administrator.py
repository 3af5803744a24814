from flask import Blueprint

bp = Blueprint("administrator", __name__, url_prefix="/administrator")
